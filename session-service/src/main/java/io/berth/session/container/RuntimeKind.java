package io.berth.session.container;

/** The runtimes that Berth knows. */
public enum RuntimeKind {
  /** A Docker Engine, or Podman's socket, on one host. */
  DOCKER,
  /** A namespace of a Kubernetes cluster. */
  KUBERNETES
}
