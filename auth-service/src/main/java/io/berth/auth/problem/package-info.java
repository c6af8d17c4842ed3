/**
 * The one place that says what a failure is to whoever asked: a plain page or an RFC 9457 problem.
 *
 * <p>May depend on everything; nothing depends on it.
 */
@NullMarked
package io.berth.auth.problem;

import org.jspecify.annotations.NullMarked;
