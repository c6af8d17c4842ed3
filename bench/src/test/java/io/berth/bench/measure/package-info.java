@NullMarked
package io.berth.bench.measure;

import org.jspecify.annotations.NullMarked;
