/**
 * The edge plays its part once without an audience, so that a JVM can learn from it: what it loads
 * and how it compiles goes into an AOT cache (JEP 483, 514, 515) with which later starts begin.
 *
 * <p>Only {@code Main} asks for it, and the process ends with it. May depend on all others; none
 * may depend on it.
 */
@NullMarked
package io.berth.proxy.rehearsal;

import org.jspecify.annotations.NullMarked;
