/**
 * Gauges of sessions and ports.
 *
 * <p>Nothing depends on it.
 */
@NullMarked
package io.berth.session.measure;

import org.jspecify.annotations.NullMarked;
