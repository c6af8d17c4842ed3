package io.berth.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer after the other to a client's socket. A head waits for what follows it, so that
 * a small answer is one buffer and one system call.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class AnswerWriter {

  private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1 ");
  private static final AsciiString END = AsciiString.cached("0\r\n");
  private static final int USUAL_HEAD = 512;

  /** Bodies up to this are copied behind their head: cheaper than a second buffer to write. */
  private static final int SMALL_BODY = 4_096;

  private final Channel channel;
  private @Nullable ByteBuf waiting;
  private boolean chunked;
  private boolean bodiless;

  AnswerWriter(Channel channel) {
    this.channel = channel;
  }

  /**
   * Begins an answer.
   *
   * @param toHead whether the request was HEAD: the answer has the length of a body and no body
   */
  void begin(HttpResponse response, boolean toHead) {
    frame(response);
    bodiless |= toHead;
    int length = bodiless ? 0 : HttpUtil.getContentLength(response, 0);
    waiting = head(response, length <= SMALL_BODY ? length : 0);
  }

  /** What ends the answer, by its status (RFC 9112 section 6.3) or by its fields. */
  private void frame(HttpResponse response) {
    HttpResponseStatus status = response.status();
    HttpHeaders headers = response.headers();
    int code = status.code();
    bodiless = code < 200 || code == 204 || code == 205 || code == 304;
    if (code < 200 || code == 204) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.TRANSFER_ENCODING);
    } else if (code == 205) {
      headers.remove(HttpHeaderNames.TRANSFER_ENCODING).set(HttpHeaderNames.CONTENT_LENGTH, "0");
    }
    chunked = !bodiless && HttpUtil.isTransferEncodingChunked(response);
  }

  private ByteBuf head(HttpResponse response, int more) {
    ByteBuf head = channel.alloc().buffer(USUAL_HEAD + more);
    HeadBytes.text(VERSION, head);
    HeadBytes.text(response.status().codeAsText(), head);
    head.writeByte(' ');
    HeadBytes.text(response.status().reasonPhrase(), head);
    HeadBytes.lineEnd(head);
    HeadBytes.fields(response.headers(), head);
    HeadBytes.lineEnd(head);
    return head;
  }

  /** Writes an interim answer, which ends with its head; an answer is still to come. */
  void interim(HttpResponse response) {
    frame(response);
    channel.write(head(response, 0), channel.voidPromise());
  }

  /** Writes a part of the body; released when written. */
  void body(ByteBuf content) {
    if (bodiless || !content.isReadable()) {
      content.release();
      return;
    }
    int length = content.readableBytes();
    ByteBuf before = waiting;
    if (chunked) {
      before = before == null ? channel.alloc().buffer(USUAL_HEAD) : before;
      HeadBytes.chunkSize(length, before);
    }
    if (length <= SMALL_BODY && before != null) {
      before.writeBytes(content);
      content.release();
      waiting = before;
    } else {
      waiting = before;
      pass();
      channel.write(content, channel.voidPromise());
    }
    if (chunked) {
      lineEnd();
    }
  }

  private void lineEnd() {
    ByteBuf after = waiting;
    if (after == null) {
      after = channel.alloc().buffer(USUAL_HEAD);
      waiting = after;
    }
    HeadBytes.lineEnd(after);
  }

  /** Writes the end. */
  void end(LastHttpContent last) {
    if (last.content().isReadable()) {
      body(last.content().retain());
    }
    if (chunked) {
      ByteBuf after = waiting == null ? channel.alloc().buffer(USUAL_HEAD) : waiting;
      HeadBytes.text(END, after);
      HeadBytes.fields(last.trailingHeaders(), after);
      HeadBytes.lineEnd(after);
      waiting = after;
    }
    last.release();
    pass();
  }

  /** Sends all of it. */
  void flush() {
    pass();
    channel.flush();
  }

  private void pass() {
    ByteBuf written = waiting;
    waiting = null;
    if (written != null) {
      channel.write(written, channel.voidPromise());
    }
  }

  /** Forgets what nobody will read any more. */
  void drop() {
    ByteBuf written = waiting;
    waiting = null;
    if (written != null) {
      written.release();
    }
  }
}
