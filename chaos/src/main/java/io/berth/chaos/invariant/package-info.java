/** What must be true once everything has settled, whatever was killed before. */
@NullMarked
package io.berth.chaos.invariant;

import org.jspecify.annotations.NullMarked;
