package io.berth.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.function.IntConsumer;

/**
 * Reads one end of a tunnel and writes the other: the buffer that was read is the buffer that is
 * written, never looked into. An end that can't take more stops the reading of the other.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Relay extends ChannelInboundHandlerAdapter {

  private final Tunnel tunnel;
  private final Channel peer;
  private final IntConsumer passed;

  Relay(Tunnel tunnel, Channel peer, IntConsumer passed) {
    this.tunnel = tunnel;
    this.peer = peer;
    this.passed = passed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof ByteBuf bytes) {
      passed.accept(bytes.readableBytes());
      peer.write(bytes, peer.voidPromise());
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    peer.flush();
    if (!peer.isWritable()) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    peer.config().setAutoRead(ctx.channel().isWritable());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      tunnel.ended();
      endPeerOutput();
    }
  }

  /** Passes "no more from here" on, after all that was written. */
  private void endPeerOutput() {
    SslHandler tls = peer.pipeline().get(SslHandler.class);
    peer.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(written -> {
          if (tls != null) {
            tls.closeOutbound();
          } else if (peer instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
          }
        });
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    // What was read last still belongs to the other end.
    peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> tunnel.close("finished"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    tunnel.close("reset");
  }
}
