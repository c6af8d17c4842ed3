package io.berth.proxy.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;

/** Empty headers for names and values that the decoder has validated already. */
public final class FreshHeaders {

  private static final DefaultHttpHeadersFactory FACTORY =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private FreshHeaders() {}

  /** New, empty, not validating a second time. */
  public static HttpHeaders empty() {
    return FACTORY.newHeaders();
  }
}
