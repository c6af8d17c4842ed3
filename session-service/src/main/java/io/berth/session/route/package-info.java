/**
 * How desktops are reached: routes written, withdrawn, and known to every proxy before it matters.
 *
 * <p>The lifecycle may depend on it; it depends on the database, and on where the runtime publishes
 * desktops.
 */
@NullMarked
package io.berth.session.route;

import org.jspecify.annotations.NullMarked;
