/**
 * How much desktops were used: sessions and hours per person and desktop type.
 *
 * <p>Depends on {@code database} only; only the API depends on it.
 */
@NullMarked
package io.berth.session.usage;

import org.jspecify.annotations.NullMarked;
