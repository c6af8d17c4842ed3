/**
 * The proxies that are compared, each with the configuration its own people would give it. It may
 * depend on load, process and report.
 */
@NullMarked
package io.berth.bench.peer;

import org.jspecify.annotations.NullMarked;
