/**
 * Warm seats: desktops that are started before anyone asks for them, and claimed by who does.
 *
 * <p>The lifecycle may depend on it; it depends on catalogue, container, port, quota, database.
 */
@NullMarked
package io.berth.session.pool;

import org.jspecify.annotations.NullMarked;
