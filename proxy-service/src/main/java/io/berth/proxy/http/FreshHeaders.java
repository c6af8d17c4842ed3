package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;

/** Empty headers: for a decoder to fill, or for what is made of fields that it has validated. */
public final class FreshHeaders {

  private static final HttpHeadersFactory FOR_DECODERS =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return new FlatHeaders(true);
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return newHeaders();
        }
      };

  private FreshHeaders() {}

  /** New, empty, not validating a second time. */
  public static HttpHeaders empty() {
    return new FlatHeaders(false);
  }

  /** What decoders of HTTP/1.1 make the headers of a message with: validating. */
  public static HttpHeadersFactory forDecoders() {
    return FOR_DECODERS;
  }
}
