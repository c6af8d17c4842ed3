/**
 * What the management port says of this service: live, ready, started.
 *
 * <p>Nothing depends on it.
 */
@NullMarked
package io.berth.session.health;

import org.jspecify.annotations.NullMarked;
