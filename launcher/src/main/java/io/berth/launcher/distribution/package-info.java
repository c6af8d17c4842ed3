/**
 * The servers Berth brings along, fetched by Maven and unpacked once per checkout.
 *
 * <p>May depend on {@code console}, {@code process} and {@code installation}.
 */
@NullMarked
package io.berth.launcher.distribution;

import org.jspecify.annotations.NullMarked;
