@NullMarked
package io.berth.bench.berth;

import org.jspecify.annotations.NullMarked;
