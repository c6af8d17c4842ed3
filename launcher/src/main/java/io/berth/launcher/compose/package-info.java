/**
 * Docker Compose: found, or brought where it is missing, and run on docker/compose.yml.
 *
 * <p>May depend on {@code console}, {@code process}, {@code distribution} and {@code installation}.
 */
@NullMarked
package io.berth.launcher.compose;

import org.jspecify.annotations.NullMarked;
