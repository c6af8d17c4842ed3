/**
 * The contract kept by a namespace of a Kubernetes cluster: a Service, a Secret and a pod per
 * desktop, a claim per home.
 *
 * <p>Nothing depends on it: the application finds it as {@code ContainerRuntime}.
 */
@NullMarked
package io.berth.session.container.kubernetes;

import org.jspecify.annotations.NullMarked;
