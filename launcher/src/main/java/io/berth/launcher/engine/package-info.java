/**
 * The container engine of this machine: found, installed where that is announced and allowed, and
 * asked about what an installation has in it.
 *
 * <p>May depend on {@code console}, {@code process} and {@code installation}.
 */
@NullMarked
package io.berth.launcher.engine;

import org.jspecify.annotations.NullMarked;
