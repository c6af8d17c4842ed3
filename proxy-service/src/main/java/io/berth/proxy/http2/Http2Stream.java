package io.berth.proxy.http2;

import io.berth.proxy.http.Carrier;
import io.berth.proxy.http.ClientSide;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.RefusedRequest;
import io.berth.proxy.http.RequestRules;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A stream: one exchange. What its exchange does not want yet stays here and is bounded by the
 * stream's window, which opens again only as far as it was read.
 */
// What fails resets its stream or closes its connection, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Stream extends ChannelInboundHandlerAdapter implements Carrier {

  private final ClientSide side;
  private final Http2Connection connection;
  private final Channel stream;
  private final Deque<HttpContent> held = new ArrayDeque<>();
  private final StreamAnswer answer;
  private @Nullable Exchange exchange;
  private boolean headSeen;
  private boolean bodyEnded;
  private boolean wanted;
  private boolean gone;
  private long quietSince = System.nanoTime();

  Http2Stream(ClientSide side, Http2Connection connection, Channel stream) {
    this.side = side;
    this.connection = connection;
    this.stream = stream;
    this.answer = new StreamAnswer(stream);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    quietSince = System.nanoTime();
    switch (msg) {
      case Http2HeadersFrame head when !headSeen -> begin(head);
      case Http2HeadersFrame trailers -> trailers(trailers);
      case Http2DataFrame data ->
          take(
              data.isEndStream()
                  ? new DefaultLastHttpContent(data.content())
                  : new DefaultHttpContent(data.content()));
      default -> ReferenceCountUtil.release(msg);
    }
  }

  private void begin(Http2HeadersFrame head) {
    headSeen = true;
    bodyEnded = head.isEndStream();
    stream.config().setAutoRead(false);
    connection.began();
    switch (StreamHead.read(head.headers(), side.config().maxRequestLine())) {
      case StreamHead.Reading.Malformed(RefusedRequest refusal) -> refuse(refusal);
      case StreamHead.Reading.Request(HttpRequest request) -> {
        answer.toHead(request.method().equals(HttpMethod.HEAD));
        RefusedRequest refused = RequestRules.check(request);
        if (!bodyEnded && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
          // How the body goes to an upstream.
          request.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        }
        if (refused == null) {
          refused = side.admit(request, !bodyEnded, this);
        }
        if (refused != null) {
          refuse(refused);
        }
      }
    }
    if (bodyEnded) {
      take(LastHttpContent.EMPTY_LAST_CONTENT);
      flow(true);
    }
  }

  private void trailers(Http2HeadersFrame trailers) {
    DefaultLastHttpContent last = new DefaultLastHttpContent();
    trailers
        .headers()
        .forEach(field -> {
          String name = field.getKey().toString();
          if (!name.startsWith(":")) {
            last.trailingHeaders().add(name, field.getValue().toString());
          }
        });
    take(last);
  }

  private void take(HttpContent content) {
    if (exchange == null) {
      content.release();
      return;
    }
    held.add(content);
    pass();
  }

  private void pass() {
    Exchange to = exchange;
    while (wanted && to != null && !held.isEmpty()) {
      HttpContent content = held.poll();
      bodyEnded |= content instanceof LastHttpContent;
      to.received(content);
      to = exchange;
    }
  }

  private void refuse(RefusedRequest request) {
    side.refused(request);
    FullHttpResponse response = request.answer();
    answer.begin(response);
    answer.end(response, this::endInput);
    stream.config().setAutoRead(true);
  }

  @Override
  public Channel channel() {
    return connection.channel();
  }

  @Override
  public void begun(Exchange admitted) {
    exchange = admitted;
  }

  @Override
  public void flow(boolean wanted) {
    this.wanted = wanted;
    pass();
    // The exchange may have thought otherwise meanwhile.
    if (!gone && exchange != null) {
      stream.config().setAutoRead(this.wanted);
    }
  }

  @Override
  public void interim(HttpResponse response) {
    answer.interim(response);
  }

  @Override
  public void startAnswer(Exchange of, HttpResponse response) {
    side.promise(response.headers());
    answer.begin(response);
  }

  @Override
  public void write(ByteBuf content) {
    quietSince = System.nanoTime();
    answer.body(content);
  }

  @Override
  public void flush() {
    answer.flush();
  }

  @Override
  public boolean writable() {
    return stream.isWritable();
  }

  @Override
  public void endAnswer(Exchange of, LastHttpContent last) {
    quietSince = System.nanoTime();
    over(of);
    answer.end(last, this::endInput);
  }

  /**
   * RFC 9113 section 8.1: who has answered without the rest of a request says that it is not
   * wanted.
   */
  private void endInput() {
    if (bodyEnded) {
      return;
    }
    stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
  }

  @Override
  public void abort(Exchange of) {
    over(of);
    reset(Http2Error.INTERNAL_ERROR);
  }

  private void over(Exchange of) {
    exchange = null;
    release();
    side.finished(of);
    // A stream that is not read does not end.
    stream.config().setAutoRead(true);
  }

  private void reset(Http2Error error) {
    answer.drop();
    stream.writeAndFlush(new DefaultHttp2ResetFrame(error));
  }

  private void release() {
    held.forEach(HttpContent::release);
    held.clear();
  }

  @Override
  public void closeAfterwards() {
    // Streams can't be taken for one another.
  }

  @Override
  public void leaveHttp(Exchange of, HttpResponse switching) {
    throw new IllegalStateException("a stream has no handshake of a WebSocket");
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Exchange current = exchange;
    if (current != null && stream.isWritable()) {
      quietSince = System.nanoTime();
      current.clientWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame) {
      clientGone();
      stream.config().setAutoRead(true);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    clientGone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    clientGone();
    if (!(cause instanceof Http2Exception)) {
      // What is the client's fault is told by the codec, with its own code.
      stream.close();
    }
  }

  /** The stream is no more; once. */
  void clientGone() {
    if (gone) {
      return;
    }
    gone = true;
    connection.ended(this);
    answer.drop();
    release();
    Exchange current = exchange;
    exchange = null;
    if (current != null) {
      current.failedBy("client-gone");
      current.clientGone();
      side.finished(current);
    }
  }

  /** Ends what may last no longer; {@code now} as {@link System#nanoTime()}. */
  void checkDeadlines(long now) {
    long quiet = now - quietSince;
    Exchange current = exchange;
    boolean over =
        current == null
            ? quiet > side.config().keepAlive().toNanos()
            : !current.stillAllowed() || quiet > side.config().stalledAfter().toNanos();
    if (over) {
      reset(Http2Error.CANCEL);
      clientGone();
    }
  }
}
