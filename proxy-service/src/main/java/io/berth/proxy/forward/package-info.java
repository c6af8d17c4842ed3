/**
 * HTTP to a desktop or a service: dialling, connections that no two routes share, headers both
 * ways, streaming with back-pressure.
 *
 * <p>May depend on {@code http}, {@code route} and {@code measure}.
 */
@NullMarked
package io.berth.proxy.forward;

import org.jspecify.annotations.NullMarked;
