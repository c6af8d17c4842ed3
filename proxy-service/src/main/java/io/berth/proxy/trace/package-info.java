/**
 * Traces of requests, when an operator turns them on; nothing of it is touched while they are off.
 *
 * <p>May depend on {@code http} only.
 */
@NullMarked
package io.berth.proxy.trace;

import org.jspecify.annotations.NullMarked;
