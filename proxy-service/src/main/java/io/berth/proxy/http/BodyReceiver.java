package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpContent;

/** Where a request's body goes and who hears of the client. */
public interface BodyReceiver {

  /** A part of the body, to be released by the receiver. */
  void received(HttpContent content);

  /** The client went away, or the exchange was given up. */
  void clientGone();

  /** The client can take bytes again. */
  void clientWritable();
}
