/**
 * What a person does, done by a test: {@code ./berth up}, a real browser, real desktops.
 *
 * <p>Knows Berth only from outside: its commands, its addresses, what a page shows, and the
 * container engine.
 */
@NullMarked
package io.berth.e2e;

import org.jspecify.annotations.NullMarked;
