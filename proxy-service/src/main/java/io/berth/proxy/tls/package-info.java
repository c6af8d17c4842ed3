/**
 * TLS with browsers: the certificate and its renewal, and which HTTP is agreed on.
 *
 * <p>May depend on {@code http} and {@code http2}; {@code edge} depends on it.
 */
@NullMarked
package io.berth.proxy.tls;

import org.jspecify.annotations.NullMarked;
