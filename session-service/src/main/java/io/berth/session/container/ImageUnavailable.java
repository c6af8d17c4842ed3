package io.berth.session.container;

import org.jspecify.annotations.Nullable;

/** An image is not here and can't be had. */
public class ImageUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ImageUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
