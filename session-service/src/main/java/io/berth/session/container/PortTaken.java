package io.berth.session.container;

import org.jspecify.annotations.Nullable;

/** Something else on the host has a container's port. */
public class PortTaken extends RuntimeException {

  private static final long serialVersionUID = 1;

  public PortTaken(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
