package io.berth.proxy.http;

import io.netty.channel.Channel;

/** A client's open connection as those see it who watch over all of them. */
public interface LiveConnection {

  /** Its socket. */
  Channel channel();

  /**
   * Closes what is past its deadline. Called about once a second, on the socket's event loop.
   *
   * @param now as {@link System#nanoTime()}
   */
  void checkDeadlines(long now);

  /** Ends at once what is on it; from any thread. */
  void close();
}
