/** Figures, medians, the table and the JSON file. It depends on nothing else here. */
@NullMarked
package io.berth.bench.report;

import org.jspecify.annotations.NullMarked;
