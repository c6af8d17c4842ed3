/**
 * A real PostgreSQL on this machine's loopback, with Berth's roles and databases in it.
 *
 * <p>May depend on {@code console}, {@code process}, {@code installation} and {@code distribution};
 * tests of all modules use it.
 */
@NullMarked
package io.berth.launcher.postgres;

import org.jspecify.annotations.NullMarked;
