package io.berth.session.container;

import org.jspecify.annotations.Nullable;

/** The container engine refused to make or start a container. */
public class ContainerRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ContainerRefused(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
