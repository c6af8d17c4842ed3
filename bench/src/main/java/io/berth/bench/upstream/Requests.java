package io.berth.bench.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers requests from prepared bytes until one of them becomes a WebSocket. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
final class Requests extends ChannelInboundHandlerAdapter {

  private static final int LONGEST_HEAD = 32_768;
  private static final ByteBuf SMALL = prepared("200 OK", Content.SMALL_LENGTH, false);
  private static final ByteBuf SMALL_LAST = prepared("200 OK", Content.SMALL_LENGTH, true);
  private static final ByteBuf LARGE = prepared("200 OK", Content.LARGE_LENGTH, false);
  private static final ByteBuf LARGE_LAST = prepared("200 OK", Content.LARGE_LENGTH, true);
  private static final ByteBuf NOT_FOUND = prepared("404 Not Found", 0, true);

  private @Nullable ByteBuf rest;

  private static ByteBuf prepared(String status, int length, boolean close) {
    return Unpooled.unreleasableBuffer(Content.answer(status, length, close));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf received = (ByteBuf) message;
    if (rest != null) {
      received = Unpooled.wrappedBuffer(rest, received);
      rest = null;
    }
    while (received.isReadable()) {
      Head head = Head.at(received);
      if (head == null) {
        if (received.readableBytes() > LONGEST_HEAD) {
          context.close();
          break;
        }
        rest = received;
        return;
      }
      if (answered(context, head)) {
        received.skipBytes(head.length());
      } else {
        upgrade(context, head, received);
        return;
      }
    }
    received.release();
  }

  /** Answers, unless the request asks for a WebSocket. */
  private boolean answered(ChannelHandlerContext context, Head head) {
    if (head.gets(Content.SMALL)) {
      answer(context, head, SMALL, SMALL_LAST);
    } else if (head.gets(Content.LARGE)) {
      answer(context, head, LARGE, LARGE_LAST);
    } else if (head.gets(Content.ECHO) || head.gets(Content.SOURCE)) {
      return false;
    } else {
      context.write(NOT_FOUND.duplicate()).addListener(ChannelFutureListener.CLOSE);
    }
    return true;
  }

  private static void answer(
      ChannelHandlerContext context, Head head, ByteBuf keeping, ByteBuf closing) {
    if (head.closes()) {
      context.write(closing.duplicate()).addListener(ChannelFutureListener.CLOSE);
    } else {
      context.write(keeping.duplicate(), context.voidPromise());
    }
  }

  private static void upgrade(ChannelHandlerContext context, Head head, ByteBuf received) {
    String key = head.field("sec-websocket-key");
    if (key == null) {
      received.release();
      context.writeAndFlush(NOT_FOUND.duplicate()).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    String protocol = head.field("sec-websocket-protocol");
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + ("Sec-WebSocket-Accept: " + Handshake.accept(key) + "\r\n")
            + (protocol == null ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n")
            + "\r\n";
    boolean echo = head.gets(Content.ECHO);
    received.skipBytes(head.length());
    context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII));
    context.pipeline().replace(context.handler(), "stream", echo ? new Echo() : new Source());
    context.pipeline().fireChannelRead(received);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  /** No next request is read while a large answer still waits for a slow reader. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (rest != null) {
      rest.release();
      rest = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
