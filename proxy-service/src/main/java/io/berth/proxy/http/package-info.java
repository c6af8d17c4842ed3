/**
 * The client's side of HTTP: strict reading of requests, hygiene of paths, headers and cookies, one
 * {@link io.berth.proxy.http.Exchange} per request, and the pages that the edge itself answers.
 *
 * <p>Knows no login, route or upstream; may depend on {@code limit}; every other package but that
 * and {@code measure} may depend on it.
 */
@NullMarked
package io.berth.proxy.http;

import org.jspecify.annotations.NullMarked;
