/**
 * WebSockets: both handshakes checked, then raw bytes between two sockets on one event loop.
 *
 * <p>May depend on {@code http}, {@code limit}, {@code route}, {@code forward} (to dial) and {@code
 * measure}.
 */
@NullMarked
package io.berth.proxy.tunnel;

import org.jspecify.annotations.NullMarked;
