/**
 * The contract with whatever runs desktops, in words of desktops, not of an engine.
 *
 * <p>The lifecycle may depend on it; it depends on nothing but the catalogue.
 */
@NullMarked
package io.berth.session.container;

import org.jspecify.annotations.NullMarked;
