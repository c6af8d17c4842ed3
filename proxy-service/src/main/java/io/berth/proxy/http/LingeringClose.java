package io.berth.proxy.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection after its last answer: what the client still sends is read and thrown
 * away for a while, so that it reads the answer and no reset (RFC 9112 section 9.6).
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class LingeringClose extends ChannelInboundHandlerAdapter implements LiveConnection {

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ClientSide side;
  private final Channel channel;
  private final long since = System.nanoTime();

  private LingeringClose(ClientSide side, Channel channel) {
    this.side = side;
    this.channel = channel;
  }

  /** Begins, once what was written is out; HTTP has left the pipeline. */
  static void of(Channel channel, ClientSide side) {
    LingeringClose ending = new LingeringClose(side, channel);
    channel.pipeline().addLast(ending);
    side.opened(ending);
    channel.config().setAutoRead(true);
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(done -> {
          if (done.isSuccess()) {
            ending.endOutput();
          } else {
            ending.close();
          }
        });
  }

  private void endOutput() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (channel instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    } else {
      close();
    }
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ReferenceCountUtil.release(msg);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    side.closed(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    close();
  }

  @Override
  public void checkDeadlines(long now) {
    if (now - since > LINGER_NANOS) {
      close();
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
