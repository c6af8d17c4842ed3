package io.berth.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the answer of one stream; a head waits for what follows, so that it may be the end. */
// What fails resets its stream or closes its connection, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class StreamAnswer {

  /** What HTTP/1.1 says of its connection, and HTTP/2 must not (RFC 9113 section 8.2.2). */
  private static final Set<String> OF_A_CONNECTION =
      Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

  private final Channel stream;
  private @Nullable Http2Headers waiting;
  private boolean toHead;
  private boolean bodiless;

  StreamAnswer(Channel stream) {
    this.stream = stream;
  }

  /** Says whether the request was HEAD: then the answer has the length of a body and no body. */
  void toHead(boolean head) {
    toHead = head;
  }

  void begin(HttpResponse response) {
    int code = response.status().code();
    bodiless = toHead || code == 204 || code == 205 || code == 304;
    waiting = head(response);
  }

  void interim(HttpResponse response) {
    stream.writeAndFlush(new DefaultHttp2HeadersFrame(head(response), false));
  }

  private static Http2Headers head(HttpResponse response) {
    Http2Headers head = new DefaultHttp2Headers(false).status(response.status().codeAsText());
    add(response.headers(), head);
    return head;
  }

  private static void add(HttpHeaders fields, Http2Headers to) {
    Iterator<Map.Entry<CharSequence, CharSequence>> all = fields.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = all.next();
      String name = field.getKey().toString().toLowerCase(Locale.ROOT);
      if (!OF_A_CONNECTION.contains(name)) {
        to.add(name, field.getValue());
      }
    }
  }

  void body(ByteBuf content) {
    if (bodiless || !content.isReadable()) {
      content.release();
      return;
    }
    passHead();
    stream.write(new DefaultHttp2DataFrame(content, false));
  }

  private void passHead() {
    Http2Headers head = waiting;
    waiting = null;
    if (head != null) {
      stream.write(new DefaultHttp2HeadersFrame(head, false));
    }
  }

  /** Writes the end, and says when it is out. */
  void end(LastHttpContent last, Runnable out) {
    if (last.content().isReadable()) {
      body(last.content().retain());
    }
    Http2Headers head = waiting;
    waiting = null;
    ChannelFuture end;
    if (!last.trailingHeaders().isEmpty() && !bodiless) {
      if (head != null) {
        stream.write(new DefaultHttp2HeadersFrame(head, false));
      }
      Http2Headers trailers = new DefaultHttp2Headers(false);
      add(last.trailingHeaders(), trailers);
      end = stream.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true));
    } else if (head != null) {
      end = stream.writeAndFlush(new DefaultHttp2HeadersFrame(head, true));
    } else {
      end = stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
    }
    last.release();
    end.addListener(written -> {
      if (written.isSuccess()) {
        out.run();
      }
    });
  }

  void flush() {
    passHead();
    stream.flush();
  }

  /** Forgets what nobody will read any more. */
  void drop() {
    waiting = null;
  }
}
