package io.berth.bench.load;

import io.berth.bench.upstream.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many WebSockets that stay open in silence, tried when asked and killed in three ways. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
public final class Tunnels {

  private static final int OPENING_AT_ONCE = 64;

  private final Wire wire;
  private final Target target;
  private final List<Quiet> tunnels = new ArrayList<>();
  private int started;
  private int wanted;
  private Phase phase = new Phase(0);

  public Tunnels(Wire wire, Target target) {
    this.wire = wire;
    this.target = target;
  }

  /** Opens so many, a few at a time, visitor by visitor. */
  public void open(int number, Duration limit) {
    Phase opening = new Phase(number);
    phase = opening;
    started = 0;
    wanted = number;
    wire.executor()
        .execute(() -> {
          for (int i = 0; i < OPENING_AT_ONCE; i++) {
            openNext(opening);
          }
        });
    opening.await(limit);
  }

  private void openNext(Phase opening) {
    if (started < wanted && !opening.isOver()) {
      byte[] handshake = target.handshake(target.visitor(started), Content.ECHO);
      started++;
      wire.connect(target, opening, () -> new Quiet(opening, handshake));
    }
  }

  /** One round trip on each: all of them still work. */
  public void echo(Duration limit) {
    Phase echoing = new Phase(tunnels.size());
    phase = echoing;
    wire.executor().execute(() -> tunnels.forEach(tunnel -> tunnel.echo(echoing)));
    echoing.await(limit);
  }

  /** Ends all: a third resets, a third closes, a third makes the upstream reset. */
  public void kill(Duration limit) {
    if (tunnels.isEmpty()) {
      return;
    }
    Phase killing = new Phase(tunnels.size());
    phase = killing;
    wire.executor()
        .execute(() -> {
          for (int i = 0; i < tunnels.size(); i++) {
            tunnels.get(i).kill(killing, i % 3);
          }
        });
    killing.await(limit);
    tunnels.clear();
  }

  private final class Quiet extends Tunnel {

    private final Phase opening;
    private final ByteBuf pending = Unpooled.buffer(0, EchoFrame.RETURNED);
    private @Nullable ChannelHandlerContext context;
    private @Nullable Phase echoing;
    private @Nullable Phase killing;

    Quiet(Phase opening, byte[] handshake) {
      super(opening, handshake);
      this.opening = opening;
    }

    @Override
    void opened(ChannelHandlerContext context) {
      this.context = context;
      tunnels.add(this);
      opening.done();
      openNext(opening);
    }

    private ChannelHandlerContext context() {
      if (context == null) {
        throw new IllegalStateException("not open yet");
      }
      return context;
    }

    void echo(Phase echoing) {
      this.echoing = echoing;
      context().writeAndFlush(EchoFrame.sent(context().alloc(), hashCode()));
    }

    @Override
    void received(ChannelHandlerContext context, ByteBuf bytes) {
      pending.writeBytes(bytes);
      if (pending.readableBytes() < EchoFrame.RETURNED || echoing == null) {
        return;
      }
      if (!EchoFrame.isReturned(pending, hashCode())) {
        echoing.fail("another frame than was sent");
      }
      pending.clear();
      echoing.done();
    }

    void kill(Phase killing, int way) {
      this.killing = killing;
      mayEnd();
      if (!context().channel().isActive()) {
        killing.done();
        return;
      }
      switch (way) {
        case 0 -> {
          context().channel().config().setOption(ChannelOption.SO_LINGER, 0);
          context().close();
        }
        case 1 -> context().close();
        default -> context().writeAndFlush(Content.dieFrame());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (killing != null) {
        killing.done();
        return;
      }
      phase.fail("an idle WebSocket ended by itself");
      super.channelInactive(context);
    }
  }
}
