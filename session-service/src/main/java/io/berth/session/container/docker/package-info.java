/**
 * The contract kept by a Docker Engine, or by Podman's socket.
 *
 * <p>Nothing depends on it: the application finds it as {@code ContainerRuntime}.
 */
@NullMarked
package io.berth.session.container.docker;

import org.jspecify.annotations.NullMarked;
