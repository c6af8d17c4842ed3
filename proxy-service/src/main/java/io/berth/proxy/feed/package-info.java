/**
 * News from PostgreSQL: one connection that listens, resynchronises and comes back by itself.
 *
 * <p>Depends on no other package of the edge.
 */
@NullMarked
package io.berth.proxy.feed;

import org.jspecify.annotations.NullMarked;
