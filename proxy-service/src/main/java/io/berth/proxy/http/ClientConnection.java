package io.berth.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A client's connection: one exchange after the other, in order, each within its deadlines. */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientConnection extends ChannelInboundHandlerAdapter
    implements Carrier, LiveConnection {

  private final ClientSide side;
  private final RequestDecoder decoder;
  private final ResponseEncoder encoder = new ResponseEncoder();
  private @Nullable Channel channel;
  private @Nullable Exchange exchange;
  private boolean persistent;
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

  @Override
  public Channel channel() {
    Channel installed = channel;
    if (installed == null) {
      throw new IllegalStateException("not installed");
    }
    return installed;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    quietSince = System.nanoTime();
    if (msg instanceof HttpRequest request) {
      begin(request);
    } else if (msg instanceof HttpContent content) {
      body(content);
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  private void begin(HttpRequest request) {
    decoder.hold();
    encoder.answeringHead(request.method().equals(HttpMethod.HEAD));
    persistent =
        request.protocolVersion().equals(HttpVersion.HTTP_1_1) && HttpUtil.isKeepAlive(request);
    RefusedRequest refused = RequestRules.check(request);
    if (refused == null) {
      refused = side.admit(request, RequestRules.announcesBody(request), this);
    }
    if (refused != null) {
      refuse(refused);
    }
  }

  @Override
  public void begun(Exchange admitted) {
    exchange = admitted;
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
        refuse(new RefusedRequest(HttpResponseStatus.BAD_REQUEST, "the body can't be read"));
      }
    } else {
      current.received(content);
    }
  }

  /** Answers what can't be an exchange, and closes. */
  private void refuse(RefusedRequest request) {
    side.refused(request);
    FullHttpResponse response = request.answer();
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    channel().write(response);
    closeAfterAnswer();
  }

  @Override
  public void flow(boolean wanted) {
    if (wanted) {
      decoder.release();
    } else {
      decoder.hold();
    }
  }

  @Override
  public void closeAfterwards() {
    persistent = false;
  }

  @Override
  public void interim(HttpResponse response) {
    channel()
        .writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                response.status(),
                Unpooled.EMPTY_BUFFER,
                response.headers(),
                io.netty.handler.codec.http.EmptyHttpHeaders.INSTANCE));
  }

  @Override
  public void startAnswer(Exchange of, HttpResponse response) {
    // A request that is not received to its end can't be followed by another.
    if ((of.hasBody() && !of.requestComplete()) || side.stopping()) {
      persistent = false;
    }
    if (!persistent) {
      response.headers().set("Connection", "close");
    }
    channel().write(response, channel().voidPromise());
  }

  @Override
  public void write(ByteBuf content) {
    quietSince = System.nanoTime();
    channel().write(new DefaultHttpContent(content), channel().voidPromise());
  }

  @Override
  public void flush() {
    channel().flush();
  }

  @Override
  public boolean writable() {
    return channel().isWritable();
  }

  @Override
  public void endAnswer(Exchange of, LastHttpContent last) {
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

  @Override
  public void abort(Exchange of) {
    exchange = null;
    side.finished(of);
    close();
  }

  @Override
  public void leaveHttp(Exchange of, HttpResponse switching) {
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
    Channel socket = channel();
    side.closed(this);
    socket.pipeline().remove(decoder);
    socket.pipeline().remove(this);
    LingeringClose.of(socket, side);
  }

  @Override
  public void close() {
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
    if (exchange == null && cause instanceof io.netty.handler.codec.DecoderException) {
      refuse(new RefusedRequest(HttpResponseStatus.BAD_REQUEST, "the request can't be read"));
    } else {
      ctx.channel().close().addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void checkDeadlines(long now) {
    HttpConfig config = side.config();
    long quiet = now - quietSince;
    Exchange current = exchange;
    if (current != null) {
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
