/**
 * What plays the browsers: one Netty thread that counts only right answers. It depends on the
 * upstream's words and on process.
 */
@NullMarked
package io.berth.bench.load;

import org.jspecify.annotations.NullMarked;
