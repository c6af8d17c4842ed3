/**
 * How much one address and one person may take of the edge: requests, connections, WebSockets,
 * failed sign-ins. Everything is counted in memory of a fixed size.
 *
 * <p>Depends on no other package of the edge; {@code http}, {@code tunnel} and {@code edge} ask it.
 */
@NullMarked
package io.berth.proxy.limit;

import org.jspecify.annotations.NullMarked;
