package io.berth.proxy.forward;

import io.berth.proxy.http.HeadBytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;

/** Writes one request after the other to an upstream's socket. */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestWriter {

  private static final AsciiString VERSION = AsciiString.cached(" HTTP/1.1\r\n");
  private static final AsciiString END = AsciiString.cached("0\r\n");
  private static final int USUAL_HEAD = 512;
  private static final int CHUNK_LINE = 16;

  private boolean chunked;

  /** Writes a head, whose target was checked and whose fields say how a body ends. */
  void head(HttpRequest request, Channel to) {
    chunked = HttpUtil.isTransferEncodingChunked(request);
    ByteBuf head = to.alloc().buffer(USUAL_HEAD);
    HeadBytes.text(request.method().asciiName(), head);
    head.writeByte(' ');
    HeadBytes.text(request.uri(), head);
    HeadBytes.text(VERSION, head);
    HeadBytes.fields(request.headers(), head);
    HeadBytes.lineEnd(head);
    to.write(head, to.voidPromise());
  }

  /** Writes a part of the body, the last one with what ends it; released when written. */
  void body(HttpContent part, Channel to) {
    ByteBuf bytes = part.content();
    if (!chunked) {
      to.write(bytes, to.voidPromise());
      return;
    }
    ByteBuf after = to.alloc().buffer(CHUNK_LINE);
    if (bytes.isReadable()) {
      ByteBuf size = to.alloc().buffer(CHUNK_LINE);
      HeadBytes.chunkSize(bytes.readableBytes(), size);
      to.write(size, to.voidPromise());
      to.write(bytes, to.voidPromise());
      HeadBytes.lineEnd(after);
    } else {
      bytes.release();
    }
    if (part instanceof LastHttpContent last) {
      HeadBytes.text(END, after);
      HeadBytes.fields(last.trailingHeaders(), after);
      HeadBytes.lineEnd(after);
    }
    to.write(after, to.voidPromise());
  }
}
