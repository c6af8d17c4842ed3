package io.berth.proxy.http;

import io.berth.common.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's connection: one exchange after the other, in order, each within its deadlines. */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ClientConnection extends ChannelInboundHandlerAdapter {

  /** How long an ended connection may linger so that the client reads the answer (RFC 9112 9.6). */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ClientSide side;
  private final RequestDecoder decoder;
  private final ResponseEncoder encoder = new ResponseEncoder();
  private @Nullable Channel channel;
  private @Nullable Exchange exchange;
  private boolean persistent;
  private boolean closing;
  private long quietSince = System.nanoTime();

  ClientConnection(ClientSide side) {
    this.side = side;
    this.decoder = new RequestDecoder(side.config());
  }

  /** Puts HTTP on a socket that was just accepted. */
  void install(Channel accepted) {
    channel = accepted;
    accepted.pipeline().addLast(decoder, encoder, this);
    side.opened(this);
  }

  Channel channel() {
    Channel installed = channel;
    if (installed == null) {
      throw new IllegalStateException("not installed");
    }
    return installed;
  }

  RequestDecoder decoder() {
    return decoder;
  }

  static boolean announcesBody(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return true;
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length != null && !length.chars().allMatch(c -> c == '0');
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    quietSince = System.nanoTime();
    if (closing) {
      ReferenceCountUtil.release(msg);
    } else if (msg instanceof HttpRequest request) {
      begin(ctx, request);
    } else if (msg instanceof HttpContent content) {
      body(content);
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    decoder.hold();
    encoder.answeringHead(request.method().equals(HttpMethod.HEAD));
    persistent = false;
    RequestRules.Broken broken = RequestRules.check(request);
    if (broken != null) {
      refuse(broken.status(), broken.reason());
      return;
    }
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    switch (RequestTarget.read(request.uri(), host)) {
      case RequestTarget.Reading.Refused refused ->
          refuse(HttpResponseStatus.BAD_REQUEST, refused.reason());
      case RequestTarget.Reading.Clean clean -> {
        InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
        Client client = side.clientOf(peer, request.headers());
        persistent =
            request.protocolVersion().equals(HttpVersion.HTTP_1_1) && HttpUtil.isKeepAlive(request);
        Exchange begun = new Exchange(this, request, clean.target(), client);
        exchange = begun;
        side.handle(begun);
      }
    }
  }

  private void body(HttpContent content) {
    Exchange current = exchange;
    if (current == null) {
      content.release();
    } else if (content.decoderResult().isFailure()) {
      content.release();
      Exchange broken = current;
      exchange = null;
      broken.clientGone();
      side.finished(broken);
      if (broken.answered()) {
        close();
      } else {
        refuse(HttpResponseStatus.BAD_REQUEST, "the body can't be read");
      }
    } else {
      current.received(content);
    }
  }

  /** Answers what can't be an exchange, and closes. */
  private void refuse(HttpResponseStatus status, String reason) {
    Problem problem =
        Problem.of(
            "bad-request", status.reasonPhrase(), status.code(), reason, "Check the address.");
    ByteBuf content = Unpooled.wrappedBuffer(Page.json(problem));
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
    response
        .headers()
        .set(Page.headers())
        .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
        .set(HttpHeaderNames.CONNECTION, "close");
    side.refused(status.code());
    channel().write(response);
    closeAfterAnswer();
  }

  void closeAfterwards() {
    persistent = false;
  }

  void interim(HttpResponse response) {
    channel()
        .writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                response.status(),
                Unpooled.EMPTY_BUFFER,
                response.headers(),
                io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE));
  }

  void startAnswer(Exchange of, HttpResponse response) {
    // A request that is not received to its end can't be followed by another.
    if ((of.hasBody() && !of.requestComplete()) || side.stopping()) {
      persistent = false;
    }
    if (!persistent) {
      response.headers().set("Connection", "close");
    }
    channel().write(response, channel().voidPromise());
  }

  void write(ByteBuf content) {
    quietSince = System.nanoTime();
    channel().write(new DefaultHttpContent(content), channel().voidPromise());
  }

  void endAnswer(Exchange of, LastHttpContent last) {
    exchange = null;
    quietSince = System.nanoTime();
    side.finished(of);
    channel().write(last, channel().voidPromise());
    if (persistent) {
      channel().flush();
      decoder.release();
    } else {
      closeAfterAnswer();
    }
  }

  void abort(Exchange of) {
    exchange = null;
    side.finished(of);
    close();
  }

  void leaveHttp(Exchange of, HttpResponse switching) {
    exchange = null;
    side.closed(this);
    side.finished(of);
    Channel socket = channel();
    socket.write(switching);
    socket.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    ChannelPipeline pipeline = socket.pipeline();
    pipeline.remove(encoder);
    pipeline.remove(this);
    // Last, since it hands the bytes that it kept to whoever comes after it now.
    pipeline.remove(decoder);
    socket.config().setAutoRead(true);
  }

  private void closeAfterAnswer() {
    closing = true;
    quietSince = System.nanoTime();
    // What the client still sends is read and thrown away, so that it reads the answer (no reset).
    channel().pipeline().remove(decoder);
    channel().config().setAutoRead(true);
    channel()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(done -> {
          if (channel() instanceof DuplexChannel duplex && done.isSuccess()) {
            duplex.shutdownOutput();
          } else {
            close();
          }
        });
  }

  void close() {
    channel().close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Exchange current = exchange;
    if (current != null && ctx.channel().isWritable()) {
      current.clientWritable();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    side.closed(this);
    Exchange current = exchange;
    exchange = null;
    if (current != null) {
      current.failedBy("client-gone");
      current.clientGone();
      side.finished(current);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (exchange == null && !closing && cause instanceof io.netty.handler.codec.DecoderException) {
      refuse(HttpResponseStatus.BAD_REQUEST, "the request can't be read");
    } else {
      ctx.channel().close().addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Called about once a second: closes what is past its deadline. */
  void checkDeadlines(long now) {
    HttpConfig config = side.config();
    long quiet = now - quietSince;
    Exchange current = exchange;
    if (closing) {
      if (quiet > LINGER_NANOS) {
        close();
      }
    } else if (current != null) {
      if (!current.stillAllowed() || quiet > config.stalledAfter().toNanos()) {
        close();
      }
    } else if (decoder.headSince() != 0) {
      if (now - decoder.headSince() > config.headDeadline().toNanos()) {
        close();
      }
    } else if (quiet > config.keepAlive().toNanos() || side.stopping()) {
      close();
    }
  }
}
