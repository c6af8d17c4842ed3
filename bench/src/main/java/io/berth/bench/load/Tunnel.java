package io.berth.bench.load;

import io.berth.bench.upstream.Handshake;
import io.berth.bench.upstream.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** One WebSocket from its handshake on; what follows is its subclass's. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
abstract class Tunnel extends ChannelInboundHandlerAdapter {

  private static final String PROOF = Handshake.accept(Target.KEY);

  private final Phase phase;
  private final byte[] handshake;
  private @Nullable ByteBuf partOfHead;
  private boolean open;
  private boolean mayEnd;

  Tunnel(Phase phase, byte[] handshake) {
    this.phase = phase;
    this.handshake = handshake;
  }

  /** The handshake was right. */
  abstract void opened(ChannelHandlerContext context);

  /** Bytes of frames; still the caller's. */
  abstract void received(ChannelHandlerContext context, ByteBuf bytes);

  /** From now on the connection's end is no failure. */
  final void mayEnd() {
    mayEnd = true;
  }

  @Override
  public final void channelActive(ChannelHandlerContext context) {
    context.writeAndFlush(Unpooled.wrappedBuffer(handshake), context.voidPromise());
  }

  @Override
  public final void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (!open) {
      if (partOfHead != null) {
        bytes = Unpooled.wrappedBuffer(partOfHead, bytes);
        partOfHead = null;
      }
      Head head = Head.at(bytes);
      if (head == null) {
        partOfHead = bytes;
        return;
      }
      check(head);
      bytes.skipBytes(head.length());
      open = true;
      opened(context);
    }
    try {
      if (bytes.isReadable()) {
        received(context, bytes);
      }
    } finally {
      bytes.release();
    }
  }

  private static void check(Head head) {
    if (head.status() != 101
        || !PROOF.equals(head.field("sec-websocket-accept"))
        || !"binary".equals(head.field("sec-websocket-protocol"))) {
      throw new WrongAnswer(
          "a handshake with status %d, proof %s, protocol %s"
              .formatted(
                  head.status(),
                  head.field("sec-websocket-accept"),
                  head.field("sec-websocket-protocol")));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!mayEnd) {
      phase.fail("a WebSocket ended %s".formatted(open ? "while in use" : "in its handshake"));
    }
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!mayEnd) {
      mayEnd = true;
      phase.fail(cause);
    }
    context.close();
  }
}
