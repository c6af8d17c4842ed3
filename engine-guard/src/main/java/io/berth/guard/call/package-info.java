/**
 * The calls of the engine's API that are let through, each as a type of its own.
 *
 * <p>May depend on {@code rule}.
 */
@NullMarked
package io.berth.guard.call;

import org.jspecify.annotations.NullMarked;
