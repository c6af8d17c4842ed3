/**
 * The configuration reference, written from the typed configuration of the services so that the two
 * can't differ. Reads source files; depends on nothing of the services.
 */
@NullMarked
package io.berth.launcher.reference;

import org.jspecify.annotations.NullMarked;
