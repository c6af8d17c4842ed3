/**
 * The images behind the desktop types: which the catalogue names, which are there, and how a local
 * one is made.
 *
 * <p>May depend on {@code console}, {@code process}, {@code installation} and {@code engine}.
 */
@NullMarked
package io.berth.launcher.image;

import org.jspecify.annotations.NullMarked;
