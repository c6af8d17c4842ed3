package io.berth.proxy.tunnel;

import io.berth.common.Problem;
import io.berth.proxy.forward.DesktopProblem;
import io.berth.proxy.forward.Dialer;
import io.berth.proxy.forward.ServedDesktop;
import io.berth.proxy.http.BodyReceiver;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.FreshHeaders;
import io.berth.proxy.http.Page;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One tunnel between the client's request and the desktop's 101. */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Opening extends ChannelInboundHandlerAdapter implements Dialer.Outcome, BodyReceiver {

  private final OpenTunnel with;
  private final Exchange exchange;
  private final Tunnel.Owner owner;
  private final ServedDesktop desktop;
  private final String target;
  private @Nullable Channel upstream;
  private @Nullable HttpResponse answer;
  private @Nullable Future<?> timeout;
  private boolean over;

  Opening(
      OpenTunnel with,
      Exchange exchange,
      Tunnel.Owner owner,
      ServedDesktop desktop,
      String target) {
    this.with = with;
    this.exchange = exchange;
    this.owner = owner;
    this.desktop = desktop;
    this.target = target;
  }

  /** What reads the desktop's answer; HTTP is out of the pipeline again after it. */
  ChannelHandler[] handlers() {
    return new ChannelHandler[] {new HttpResponseDecoder()};
  }

  @Override
  public void connected(Channel channel) {
    if (over) {
      channel.close();
      return;
    }
    upstream = channel;
    channel.pipeline().addLast(this);
    channel.writeAndFlush(
        ByteBufUtil.writeUtf8(channel.alloc(), with.request(exchange, desktop, target)));
    timeout =
        channel
            .eventLoop()
            .schedule(
                () -> refuse(DesktopProblem.silent(), "upstream-silent"),
                with.tunnels().config().handshakeTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void failed(Throwable cause) {
    if (!over) {
      over = true;
      owner.place().leave();
      with.unreachable(exchange);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (over) {
      ReferenceCountUtil.release(msg);
    } else if (msg instanceof HttpResponse response) {
      answer = response;
      if (!Handshake.isAnswer(response, exchange.request().headers())) {
        refuse(problemOf(response.status().code()), "upstream-handshake");
      }
    } else if (msg instanceof HttpContent content) {
      content.release();
      HttpResponse switching = answer;
      if (switching != null && content instanceof LastHttpContent) {
        join(ctx, switching);
      }
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  private Problem problemOf(int status) {
    return switch (status) {
      case 401 -> DesktopProblem.passwordRefused();
      case 404, 403 -> DesktopProblem.notFound();
      case 503 -> DesktopProblem.unreachable();
      default -> DesktopProblem.brokeOff();
    };
  }

  private void join(ChannelHandlerContext ctx, HttpResponse switching) {
    over = true;
    cancelTimeout();
    Channel upstreamEnd = ctx.channel();
    Channel client = exchange.channel();
    Tunnel tunnel = with.tunnels().add(owner, client, upstreamEnd);
    client.pipeline().addLast(Relay.fromClient(tunnel));
    ChannelPipeline pipeline = upstreamEnd.pipeline();
    pipeline.addLast(Relay.fromDesktop(tunnel));
    exchange.becomeTunnel(
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.SWITCHING_PROTOCOLS,
            agreed(switching.headers())));
    pipeline.remove(this);
    // Last: it hands on what the desktop sent right behind its 101.
    pipeline.remove(HttpResponseDecoder.class);
    if (!with.isStillAllowed(owner.login(), owner.route())) {
      tunnel.end(Ending.LOGIN_OVER);
    }
  }

  private static HttpHeaders agreed(HttpHeaders answer) {
    HttpHeaders headers = FreshHeaders.empty();
    headers.set("Upgrade", "websocket");
    headers.set("Connection", "Upgrade");
    for (String name :
        new String[] {
          "Sec-WebSocket-Accept", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"
        }) {
      String value = answer.get(name);
      if (value != null) {
        headers.set(name, value);
      }
    }
    return headers;
  }

  private void refuse(Problem problem, String cause) {
    if (!over) {
      giveUp();
      with.refuse(exchange, problem, Page.headers(), cause);
    }
  }

  private void giveUp() {
    over = true;
    cancelTimeout();
    owner.place().leave();
    Channel open = upstream;
    if (open != null) {
      open.close();
    }
  }

  private void cancelTimeout() {
    Future<?> running = timeout;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    refuse(DesktopProblem.brokeOff(), "upstream-closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.channel().close();
  }

  @Override
  public void received(HttpContent content) {
    content.release();
  }

  @Override
  public void clientGone() {
    if (!over) {
      giveUp();
    }
  }

  @Override
  public void clientWritable() {
    // Nothing is sent before the tunnel stands.
  }
}
