/**
 * The server behind every proxy: as little work per byte as possible, in a process of its own. It
 * depends on nothing else here.
 */
@NullMarked
package io.berth.bench.upstream;

import org.jspecify.annotations.NullMarked;
