/**
 * The connection to the engine's socket.
 *
 * <p>Depends on nothing else of the guard.
 */
@NullMarked
package io.berth.guard.engine;

import org.jspecify.annotations.NullMarked;
