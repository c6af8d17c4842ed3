@NullMarked
package io.berth.bench.process;

import org.jspecify.annotations.NullMarked;
