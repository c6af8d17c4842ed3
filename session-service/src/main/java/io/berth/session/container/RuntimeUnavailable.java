package io.berth.session.container;

import org.jspecify.annotations.Nullable;

/** The container engine does not answer; the same call may work in a moment. */
public class RuntimeUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  public RuntimeUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
