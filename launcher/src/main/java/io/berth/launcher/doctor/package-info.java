/**
 * What is wrong with an installation, and the fix: one look per concern, each of which only reads.
 * Depends on {@code engine} and on what it is given; the command line depends on it.
 */
@NullMarked
package io.berth.launcher.doctor;

import org.jspecify.annotations.NullMarked;
