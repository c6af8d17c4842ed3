package io.berth.proxy.tunnel;

import io.berth.proxy.http.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Reads one end of a tunnel and writes the other: the buffer that was read is the buffer that is
 * written; a {@link FrameWalker} goes along. An end that can't take more stops the reading of the
 * other.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Relay extends ChannelInboundHandlerAdapter {

  private final Tunnel tunnel;
  private final Channel peer;
  private final FrameWalker frames;
  private final boolean ofClient;
  private int unsent;

  private Relay(Tunnel tunnel, Channel peer, FrameWalker frames) {
    this.tunnel = tunnel;
    this.peer = peer;
    this.frames = frames;
    this.ofClient = peer.equals(tunnel.upstream());
  }

  /** Reads the client. */
  static Relay fromClient(Tunnel tunnel) {
    return new Relay(tunnel, tunnel.upstream(), tunnel.up());
  }

  /** Reads the desktop. */
  static Relay fromDesktop(Tunnel tunnel) {
    return new Relay(tunnel, tunnel.client(), tunnel.down());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(msg);
      return;
    }
    Farewell farewell = tunnel.farewell();
    if (farewell == null) {
      int length = bytes.readableBytes();
      tunnel.passed(length, ofClient);
      frames.walk(bytes);
      peer.write(bytes, peer.voidPromise());
      unsent += length;
      if (unsent >= Transport.SENT_AT_ONCE) {
        send(ctx);
      }
    } else if (ofClient) {
      farewell.fromClient(bytes);
    } else {
      farewell.fromDesktop(bytes);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    send(ctx);
  }

  private void send(ChannelHandlerContext ctx) {
    unsent = 0;
    peer.flush();
    if (!peer.isWritable() && !readsOn()) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ofClient || tunnel.farewell() == null) {
      peer.config().setAutoRead(ctx.channel().isWritable());
    }
  }

  /** What a client sends during a farewell is thrown away, so it is read whatever happens. */
  private boolean readsOn() {
    return ofClient && tunnel.farewell() != null;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof ChannelInputShutdownEvent)) {
      return;
    }
    if (ended()) {
      tunnel.ended();
      HalfClose.afterwards(peer, null);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (ended()) {
      // What was read last still belongs to the other end.
      peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> tunnel.end(Ending.FINISHED));
    }
  }

  /** Whether that is news, and not part of a farewell. */
  private boolean ended() {
    Farewell farewell = tunnel.farewell();
    if (farewell == null) {
      return true;
    }
    if (ofClient) {
      farewell.clientEnded();
    } else {
      farewell.desktopEnded();
    }
    return false;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (ended()) {
      tunnel.end(Ending.RESET);
    }
  }
}
