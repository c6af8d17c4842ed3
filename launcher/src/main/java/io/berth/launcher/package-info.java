/** The entry of {@code ./berth}; depends on {@code command} only. */
@NullMarked
package io.berth.launcher;

import org.jspecify.annotations.NullMarked;
