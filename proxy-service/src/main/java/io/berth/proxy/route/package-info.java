/**
 * Where a desktop is: the whole table of routes in memory, fed from PostgreSQL.
 *
 * <p>May depend on {@code feed} and {@code measure}; never asked of the database on a request.
 */
@NullMarked
package io.berth.proxy.route;

import org.jspecify.annotations.NullMarked;
