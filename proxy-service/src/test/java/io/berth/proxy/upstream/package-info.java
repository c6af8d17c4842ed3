/** Upstreams for tests: they speak from raw sockets, so that what they do wrong is exact. */
@NullMarked
package io.berth.proxy.upstream;

import org.jspecify.annotations.NullMarked;
