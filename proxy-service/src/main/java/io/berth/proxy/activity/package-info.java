/**
 * What people do at their desktops, for session-service to tell an idle one.
 *
 * <p>Depends on {@code route} and {@code feed}; what carries requests and tunnels depends on it.
 */
@NullMarked
package io.berth.proxy.activity;

import org.jspecify.annotations.NullMarked;
