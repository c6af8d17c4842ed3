/**
 * Child processes, what the kernel says of them, and free ports. It depends on nothing else here.
 */
@NullMarked
package io.berth.bench.process;

import org.jspecify.annotations.NullMarked;
