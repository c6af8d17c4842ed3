/**
 * The plain page at a desktop's address while it has no route.
 *
 * <p>Nothing depends on it.
 */
@NullMarked
package io.berth.session.desktop;

import org.jspecify.annotations.NullMarked;
