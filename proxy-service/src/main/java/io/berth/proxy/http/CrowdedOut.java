package io.berth.proxy.http;

import io.berth.proxy.limit.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/** What a connection gets that is one too many: a few bytes, whatever it wanted, and its end. */
final class CrowdedOut {

  private CrowdedOut() {}

  // What can't be written is closed all the same.
  @SuppressWarnings("FutureReturnValueIgnored")
  static void close(Channel accepted, Refusal refusal) {
    ByteBuf answer =
        ByteBufUtil.writeAscii(
            accepted.alloc(),
            """
            HTTP/1.1 429 Too Many Requests\r
            Retry-After: %d\r
            Content-Length: 0\r
            Connection: close\r
            \r
            """
                .formatted(refusal.retryAfter()));
    accepted.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }
}
