/** The edge tested from outside: real PostgreSQL, real sockets, upstreams with known quirks. */
@NullMarked
package io.berth.proxy.edge;

import org.jspecify.annotations.NullMarked;
