package io.berth.bench.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/** Returns small frames, unmasked in the very bytes in which they came. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
final class Echo extends ChannelInboundHandlerAdapter {

  /** Two bytes of header, four of mask; frames with a longer length field are not for here. */
  private static final int MASKED_HEADER = 6;

  private static final int LONGEST = 125;

  private @Nullable ByteBuf rest;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf received = (ByteBuf) message;
    if (rest != null) {
      received = Unpooled.copiedBuffer(rest, received);
      rest.release();
      ((ByteBuf) message).release();
      rest = null;
    }
    while (received.readableBytes() >= MASKED_HEADER) {
      int at = received.readerIndex();
      int length = received.getByte(at + 1) & 0x7f;
      boolean masked = received.getByte(at + 1) < 0;
      if (!masked || length > LONGEST) {
        context.close();
        break;
      }
      if (received.readableBytes() < MASKED_HEADER + length) {
        break;
      }
      received.skipBytes(MASKED_HEADER + length);
      if (!returned(context, received, at, length)) {
        break;
      }
    }
    if (received.isReadable() && context.channel().isOpen()) {
      rest = received;
    } else {
      received.release();
    }
  }

  /** Sends the frame back, or ends the connection as it asks. */
  private static boolean returned(
      ChannelHandlerContext context, ByteBuf received, int at, int length) {
    int opcode = received.getByte(at) & 0xff;
    unmask(received, at + 2, at + MASKED_HEADER, length);
    if (opcode == Content.TEXT && saysDie(received, at + MASKED_HEADER, length)) {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      context.close();
      return false;
    }
    int start = at + MASKED_HEADER - 2;
    received.setByte(start, opcode).setByte(start + 1, length);
    ByteBuf frame = received.retainedSlice(start, 2 + length);
    if (opcode == Content.CLOSE) {
      context.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
      return false;
    }
    context.write(frame, context.voidPromise());
    return true;
  }

  private static boolean saysDie(ByteBuf received, int at, int length) {
    boolean die = length == Content.DIE.length;
    for (int i = 0; die && i < length; i++) {
      die = received.getByte(at + i) == Content.DIE[i];
    }
    return die;
  }

  private static void unmask(ByteBuf bytes, int mask, int payload, int length) {
    int key = bytes.getInt(mask);
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      bytes.setInt(payload + i, bytes.getInt(payload + i) ^ key);
    }
    for (; i < length; i++) {
      bytes.setByte(payload + i, bytes.getByte(payload + i) ^ (key >>> (24 - 8 * (i & 3))));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

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
