/**
 * Where people see Berth, and which addresses a browser may be sent back to.
 *
 * <p>Everything may depend on it; it depends on nothing.
 */
@NullMarked
package io.berth.auth.address;

import org.jspecify.annotations.NullMarked;
