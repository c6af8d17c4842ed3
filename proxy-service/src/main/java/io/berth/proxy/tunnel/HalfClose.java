package io.berth.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** Says "no more from here" to one end, which may still be sending. */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class HalfClose {

  private HalfClose() {}

  /** After all that was written, and these bytes if there are any. */
  static void afterwards(Channel channel, @Nullable ByteBuf last) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    channel
        .writeAndFlush(last == null ? Unpooled.EMPTY_BUFFER : last)
        .addListener(written -> {
          if (tls != null) {
            tls.closeOutbound();
          } else if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
          }
        });
  }
}
