/**
 * The stages of a request, {@link io.berth.proxy.edge.Edge}, and the server that runs them.
 *
 * <p>Puts all other packages together; none of them may depend on it, but {@code health} asks it.
 */
@NullMarked
package io.berth.proxy.edge;

import org.jspecify.annotations.NullMarked;
