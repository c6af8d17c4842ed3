/**
 * {@code ./berth bench}: Berth's edge next to what people use for this job today, in one run on
 * loopback.
 */
@NullMarked
package io.berth.bench;

import org.jspecify.annotations.NullMarked;
