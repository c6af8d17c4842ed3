/**
 * How a login comes to a desktop's own origin, in isolated-origin mode: a one-time ticket, given on
 * the portal's origin and redeemed on the desktop's.
 *
 * <p>May depend on {@code login}, {@code key}, {@code address} and {@code database}; only {@code
 * start} and {@code problem} depend on it.
 */
@NullMarked
package io.berth.auth.desktop;

import org.jspecify.annotations.NullMarked;
