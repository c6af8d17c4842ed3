package io.berth.session.container;

import org.jspecify.annotations.Nullable;

/** A home can't be removed while a container has it. */
public class HomeInUse extends RuntimeException {

  private static final long serialVersionUID = 1;

  public HomeInUse(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
