package io.berth.proxy.http2;

import io.berth.proxy.http.ClientSide;
import io.berth.proxy.http.Http2Config;
import io.berth.proxy.http.LiveConnection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A client's connection that speaks HTTP/2. Who opens and resets streams without end, or sends
 * heads in countless pieces, gets a GOAWAY and is cut off.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Http2Connection extends ChannelInboundHandlerAdapter implements LiveConnection {

  private static final int MAX_EMPTY_FRAMES = 2;
  private static final int MAX_SMALL_CONTINUATIONS = 16;
  private static final int MAX_QUEUED_CONTROL_FRAMES = 1_000;
  private static final long GRACE_MILLIS = 1_000;

  private final ClientSide side;
  private final Channel channel;
  private final Http2FrameCodec codec;
  private final Set<Http2Stream> streams = new HashSet<>();
  private boolean used;
  private boolean leaving;
  private long quietSince = System.nanoTime();

  private Http2Connection(ClientSide side, Channel channel, Http2FrameCodec codec) {
    this.side = side;
    this.channel = channel;
    this.codec = codec;
  }

  /** Puts HTTP/2 on a socket whose client has agreed to it. */
  public static void install(ClientSide side, Channel accepted) {
    Http2FrameCodec codec = codec(side.config().maxHead(), side.config().http2());
    Http2Connection connection = new Http2Connection(side, accepted, codec);
    ChannelInitializer<Channel> streams =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel stream) {
            connection.opened(stream);
          }
        };
    accepted.pipeline().addLast(codec, new Http2MultiplexHandler(streams), connection);
    side.opened(connection);
  }

  private static Http2FrameCodec codec(int maxHead, Http2Config config) {
    int seconds = Math.toIntExact(Math.max(1, config.resetsWithin().toSeconds()));
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            // No SETTINGS_ENABLE_CONNECT_PROTOCOL: WebSockets get connections of their own.
            new Http2Settings()
                .maxConcurrentStreams(config.maxStreams())
                .initialWindowSize(config.streamWindow())
                .maxHeaderListSize(maxHead))
        .validateHeaders(true)
        .decoderEnforceMaxRstFramesPerWindow(config.maxResets(), seconds)
        .encoderEnforceMaxRstFramesPerWindow(config.maxResets(), seconds)
        .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_FRAMES)
        .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
        .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_CONTROL_FRAMES)
        .gracefulShutdownTimeoutMillis(GRACE_MILLIS)
        .build();
  }

  /** One stream that is not read must not take all of the connection's window. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Http2Exception {
    Http2Config config = side.config().http2();
    io.netty.handler.codec.http2.Http2Stream whole = codec.connection().connectionStream();
    int more =
        config.connectionWindow() - codec.connection().local().flowController().windowSize(whole);
    if (more > 0) {
      codec.connection().local().flowController().incrementWindowSize(whole, more);
      ctx.flush();
    }
  }

  private void opened(Channel opened) {
    Http2Stream stream = new Http2Stream(side, this, opened);
    streams.add(stream);
    opened.pipeline().addLast(stream);
  }

  /** A request came. */
  void began() {
    used = true;
  }

  /** A stream is no more. */
  void ended(Http2Stream stream) {
    streams.remove(stream);
    quietSince = System.nanoTime();
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    // Settings, pings and the like were seen to by the codec.
    ReferenceCountUtil.release(msg);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    side.closed(this);
    List.copyOf(streams).forEach(Http2Stream::clientGone);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // What is against HTTP/2's rules the codec answers by itself, with the code that says why.
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
      ctx.channel().close();
    }
  }

  @Override
  public void checkDeadlines(long now) {
    List.copyOf(streams).forEach(stream -> stream.checkDeadlines(now));
    if (side.stopping() && !leaving) {
      leaving = true;
      // Requests that are on their way are still answered: the client learns which they are.
      channel.writeAndFlush(
          new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
    }
    long patience =
        leaving
            ? ClientSide.STOPPING_GRACE_NANOS
            : (used ? side.config().keepAlive() : side.config().headDeadline()).toNanos();
    if (streams.isEmpty() && now - quietSince > patience) {
      close();
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
