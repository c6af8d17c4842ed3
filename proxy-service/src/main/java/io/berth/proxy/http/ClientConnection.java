package io.berth.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
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
  private final AnswerWriter writer;
  private final Channel channel;
  private @Nullable Exchange exchange;
  private boolean persistent;
  private boolean toHead;
  private boolean used;
  private long quietSince = System.nanoTime();

  private ClientConnection(ClientSide side, Channel channel) {
    this.side = side;
    this.channel = channel;
    this.decoder = new RequestDecoder(side.config());
    this.writer = new AnswerWriter(channel);
  }

  /** Puts HTTP on a socket that was just accepted. */
  static void install(ClientSide side, Channel accepted) {
    ClientConnection connection = new ClientConnection(side, accepted);
    accepted.pipeline().addLast(connection.decoder, connection);
    side.opened(connection);
  }

  @Override
  public Channel channel() {
    return channel;
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
    used = true;
    decoder.hold();
    toHead = request.method().equals(HttpMethod.HEAD);
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
    writer.begin(response, toHead);
    writer.end(response);
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
    writer.interim(response);
    writer.flush();
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
    side.promise(response.headers());
    writer.begin(response, toHead);
  }

  @Override
  public void write(ByteBuf content) {
    quietSince = System.nanoTime();
    writer.body(content);
  }

  @Override
  public void flush() {
    writer.flush();
  }

  @Override
  public boolean writable() {
    return channel.isWritable();
  }

  @Override
  public void endAnswer(Exchange of, LastHttpContent last) {
    exchange = null;
    quietSince = System.nanoTime();
    side.finished(of);
    writer.end(last);
    if (persistent) {
      channel.flush();
      decoder.release();
    } else {
      closeAfterAnswer();
    }
  }

  @Override
  public void abort(Exchange of) {
    exchange = null;
    writer.drop();
    side.finished(of);
    close();
  }

  @Override
  public void leaveHttp(Exchange of, HttpResponse switching) {
    exchange = null;
    side.closed(this);
    side.finished(of);
    ReadCookies.forget(channel);
    writer.interim(switching);
    writer.flush();
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.remove(this);
    // Last, since it hands the bytes that it kept to whoever comes after it now.
    pipeline.remove(decoder);
    channel.config().setAutoRead(true);
  }

  private void closeAfterAnswer() {
    side.closed(this);
    channel.pipeline().remove(decoder);
    channel.pipeline().remove(this);
    LingeringClose.of(channel, side);
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Exchange current = exchange;
    if (current != null && channel.isWritable()) {
      current.clientWritable();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    writer.drop();
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
    } else if (quiet > (used ? config.keepAlive() : config.headDeadline()).toNanos()
        || (side.stopping() && quiet > ClientSide.STOPPING_GRACE_NANOS)) {
      close();
    }
  }
}
