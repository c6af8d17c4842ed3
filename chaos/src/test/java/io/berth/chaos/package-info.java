/** Crashes of real processes, and what is left of them. */
@NullMarked
package io.berth.chaos;

import org.jspecify.annotations.NullMarked;
