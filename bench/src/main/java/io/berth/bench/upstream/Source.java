package io.berth.bench.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Sends one prepared frame again and again, as fast as the other end reads, until it goes. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
final class Source extends ChannelInboundHandlerAdapter {

  private static final ByteBuf FRAME = Unpooled.unreleasableBuffer(Content.streamFrame());

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().eventLoop().execute(() -> fill(context));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    fill(context);
  }

  private static void fill(ChannelHandlerContext context) {
    boolean wrote = false;
    while (context.channel().isActive() && context.channel().isWritable()) {
      context.write(FRAME.duplicate(), context.voidPromise());
      wrote = true;
    }
    if (wrote) {
      // Not from inside the flush that made it writable: the loop serves others in between.
      context.channel().eventLoop().execute(context::flush);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
