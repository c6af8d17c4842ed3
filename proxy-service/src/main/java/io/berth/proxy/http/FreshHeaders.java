package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;

/** Empty headers for names and values that the decoder has validated already. */
public final class FreshHeaders {

  private FreshHeaders() {}

  /** New, empty, not validating a second time. */
  public static HttpHeaders empty() {
    return new FlatHeaders();
  }
}
