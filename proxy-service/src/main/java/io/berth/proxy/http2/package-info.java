/**
 * HTTP/2 with browsers: its streams carry the same {@link io.berth.proxy.http.Exchange}s as
 * HTTP/1.1's turns.
 *
 * <p>May depend on {@code http}; {@code tls} depends on it.
 */
@NullMarked
package io.berth.proxy.http2;

import org.jspecify.annotations.NullMarked;
