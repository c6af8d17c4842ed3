@NullMarked
package io.berth.bench.upstream;

import org.jspecify.annotations.NullMarked;
