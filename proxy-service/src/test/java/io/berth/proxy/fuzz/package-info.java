/**
 * What Jazzer feeds with whatever comes to its mind, and the test that starts it.
 *
 * <p>Each class here says one invariant of the edge in other words than the edge's own code.
 */
@NullMarked
package io.berth.proxy.fuzz;

import org.jspecify.annotations.NullMarked;
