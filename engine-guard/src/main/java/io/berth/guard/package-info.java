/**
 * The process between session-service and the container engine: it alone holds the engine's socket,
 * and lets through what making desktops needs.
 *
 * <p>May depend on every package below it.
 */
@NullMarked
package io.berth.guard;

import org.jspecify.annotations.NullMarked;
