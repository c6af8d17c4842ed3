/**
 * A real Keycloak on this machine's loopback, with Berth's realm in it.
 *
 * <p>May depend on {@code console}, {@code process}, {@code installation}, {@code distribution} and
 * {@code postgres}; tests of all modules use it.
 */
@NullMarked
package io.berth.launcher.keycloak;

import org.jspecify.annotations.NullMarked;
