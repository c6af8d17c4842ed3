/**
 * The vocabulary that Berth's services share: names, claims, the words on the wire between them.
 *
 * <p>No I/O, no framework. Everything else may depend on it; it depends on nothing.
 */
@NullMarked
package io.berth.common;

import org.jspecify.annotations.NullMarked;
