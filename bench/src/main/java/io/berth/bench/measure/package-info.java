/** What is measured, a class each. It may depend on all but the main class. */
@NullMarked
package io.berth.bench.measure;

import org.jspecify.annotations.NullMarked;
