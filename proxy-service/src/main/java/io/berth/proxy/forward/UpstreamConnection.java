package io.berth.proxy.forward;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one upstream: carries one exchange at a time, and waits in its pool between two.
 * A byte that comes while it waits belongs to nobody: the connection is closed.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

  private final UpstreamDecoder decoder = new UpstreamDecoder();
  private final RequestWriter writer = new RequestWriter();
  private final ConnectionPool pool;
  private final Object key;
  private @Nullable Channel channel;
  private @Nullable Forwarding current;
  private boolean releaseWhenRead;
  private boolean reused;
  private long idleSince;
  private long askedAt;
  private boolean awaiting;

  UpstreamConnection(ConnectionPool pool, Object key) {
    this.pool = pool;
    this.key = key;
  }

  ChannelHandler[] handlers() {
    return new ChannelHandler[] {decoder, this};
  }

  Channel channel() {
    Channel connected = channel;
    if (connected == null) {
      throw new IllegalStateException("not connected");
    }
    return connected;
  }

  boolean reused() {
    return reused;
  }

  long idleSince() {
    return idleSince;
  }

  boolean active() {
    return channel().isActive();
  }

  /** Sends the head of a request for an exchange, which is called back from now on. */
  void begin(Forwarding forwarding, HttpRequest head) {
    current = forwarding;
    askedAt = System.nanoTime();
    awaiting = true;
    decoder.answerToHead(head.method().equals(HttpMethod.HEAD));
    writer.head(head, channel());
  }

  /** Sends a part of the request's body. */
  void body(HttpContent part) {
    writer.body(part, channel());
    channel().flush();
  }

  /** The head of the answer is here. */
  void answered() {
    awaiting = false;
  }

  /** Whether the head of an answer should have been here by now. */
  boolean isSilent(long now, long limit) {
    return awaiting && now - askedAt > limit;
  }

  /** Gives up waiting for an answer. */
  void giveUp() {
    Forwarding waiting = current;
    if (waiting != null) {
      waiting.silent();
    }
  }

  /** The exchange is over; the connection is kept once everything that was read is seen. */
  void done(boolean reusable) {
    current = null;
    awaiting = false;
    if (reusable) {
      releaseWhenRead = true;
    } else {
      close();
    }
  }

  void close() {
    current = null;
    awaiting = false;
    releaseWhenRead = false;
    channel().close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    pool.opened(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    Forwarding to = current;
    if (to == null) {
      ReferenceCountUtil.release(msg);
      close();
    } else if (msg instanceof HttpResponse response) {
      to.answer(response);
    } else if (msg instanceof HttpContent content) {
      to.content(content);
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    Forwarding to = current;
    if (to != null) {
      to.readComplete();
    }
    if (releaseWhenRead) {
      releaseWhenRead = false;
      if (decoder.hasSurplus()) {
        // They would be taken for the beginning of the next answer.
        close();
        return;
      }
      idleSince = System.nanoTime();
      reused = true;
      channel().config().setAutoRead(true);
      pool.keep(key, this);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Forwarding to = current;
    if (to != null) {
      to.upstreamWritable(ctx.channel().isWritable());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    Forwarding to = current;
    current = null;
    releaseWhenRead = false;
    awaiting = false;
    pool.closed(key, this);
    if (to != null) {
      to.upstreamGone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.channel().close();
  }
}
