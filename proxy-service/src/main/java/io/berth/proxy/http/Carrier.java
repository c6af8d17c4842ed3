package io.berth.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * What carries an exchange to its client and back: a turn on an HTTP/1.1 connection, or a stream of
 * HTTP/2. Called on the channel's event loop.
 */
public interface Carrier {

  /** The client's socket; other exchanges may be on it at the same time. */
  Channel channel();

  /** Carries this exchange from now on. */
  void begun(Exchange admitted);

  /** Lets the request's body come (true) or leaves it with the client for now. */
  void flow(boolean wanted);

  /** Sends an interim answer. */
  void interim(HttpResponse response);

  /** Sends the head of the answer; its headers are the carrier's to change. */
  void startAnswer(Exchange of, HttpResponse response);

  /** Sends a part of the answer; released when written. */
  void write(ByteBuf content);

  /** Sends what has been written. */
  void flush();

  /** Whether the client takes more without it piling up here. */
  boolean writable();

  /** Sends the end of the answer: the exchange is over. */
  void endAnswer(Exchange of, LastHttpContent last);

  /** Tells the client that the answer will not come to its end: the exchange is over. */
  void abort(Exchange of);

  /** Lets no other exchange follow on this connection, if one could be taken for another. */
  void closeAfterwards();

  /** Leaves the socket to what stands in its pipeline behind HTTP: the exchange is over. */
  void leaveHttp(Exchange of, HttpResponse switching);
}
