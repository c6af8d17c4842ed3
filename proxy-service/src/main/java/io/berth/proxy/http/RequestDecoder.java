package io.berth.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests strictly, and only when the exchange wants more: held, it leaves bytes where they
 * are. So a request body is paused for a slow upstream, pipelined requests wait their turn, and
 * bytes that follow an upgrade are still raw when the codec leaves the pipeline.
 */
final class RequestDecoder extends HttpRequestDecoder {

  /** Bytes kept while held before the socket itself is left unread. */
  private static final int KEPT_WHILE_HELD = 64 * 1024;

  private @Nullable ChannelHandlerContext context;
  private boolean held;
  private boolean decoding;
  private boolean between = true;
  private int leading;
  private long headSince;

  RequestDecoder(HttpConfig config) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(config.maxRequestLine())
            .setMaxHeaderSize(config.maxHead())
            .setMaxChunkSize(KEPT_WHILE_HELD)
            .setHeadersFactory(FreshHeaders.forDecoders())
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
  }

  /** Reads nothing further until {@link #release}. */
  void hold() {
    held = true;
  }

  /** Goes on reading, with what is already here first. */
  void release() {
    ChannelHandlerContext ctx = context;
    if (!held || ctx == null || ctx.isRemoved()) {
      return;
    }
    held = false;
    if (!ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(true);
    }
    // Inside a read the loop that called us goes on by itself.
    if (!decoding) {
      try {
        channelRead(ctx, Unpooled.EMPTY_BUFFER);
      } catch (Exception e) {
        ctx.fireExceptionCaught(e);
      }
    }
  }

  /** When the head that is being read began, as {@link System#nanoTime()}, or 0. */
  long headSince() {
    return headSince;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
    decoding = true;
    try {
      super.channelRead(ctx, msg);
    } finally {
      decoding = false;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (held) {
      // Netty's own reads on where nothing came of what was read, however much is here already.
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (held) {
      if (in.readableBytes() >= KEPT_WHILE_HELD) {
        ctx.channel().config().setAutoRead(false);
      }
      return;
    }
    if (between && !begins(in)) {
      return;
    }
    super.decode(ctx, in, out);
    for (Object message : out) {
      if (message instanceof HttpRequest) {
        headSince = 0;
      }
      if (message instanceof LastHttpContent) {
        between = true;
        leading = 0;
      }
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    // A client that is gone in the middle of a request has not made one.
  }

  /** RFC 9112 section 2.2: one empty line before a request is forgiven, no other byte is. */
  private boolean begins(ByteBuf in) {
    while (in.isReadable()) {
      byte first = in.getByte(in.readerIndex());
      if (leading < 2 && first == (leading == 0 ? '\r' : '\n')) {
        in.skipBytes(1);
        leading++;
        continue;
      }
      if (first <= ' ' || first == 0x7f || leading == 1) {
        in.skipBytes(in.readableBytes());
        throw new DecoderException("a request can't begin with this byte");
      }
      between = false;
      headSince = System.nanoTime();
      return true;
    }
    return false;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    // Netty would take one of the two and hide the other: the classic of request smuggling.
    throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
  }
}
