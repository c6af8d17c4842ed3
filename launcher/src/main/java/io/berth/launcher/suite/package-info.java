/**
 * The parts that make a running Berth, what each is started with, and the order in which they come
 * and go.
 *
 * <p>May depend on everything but {@code command}.
 */
@NullMarked
package io.berth.launcher.suite;

import org.jspecify.annotations.NullMarked;
