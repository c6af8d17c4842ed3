/**
 * Every error as one RFC 9457 problem: the one place that knows their words.
 *
 * <p>The API depends on it; it knows the exceptions of the features below.
 */
@NullMarked
package io.berth.session.problem;

import org.jspecify.annotations.NullMarked;
