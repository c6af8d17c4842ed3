package io.berth.bench.load;

import io.berth.bench.upstream.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;

/** Keep-alive connections that each ask again as soon as they have their answer. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
public final class RequestLoad {

  private final Wire wire;
  private final Target target;
  private final int length;
  private final ByteBuf request;

  private RequestLoad(Wire wire, Target target, String what, int length) {
    this.wire = wire;
    this.target = target;
    this.length = length;
    this.request =
        Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes(target.request(target.visitor(0), what)));
  }

  /** Asks for {@link Content#SMALL}. */
  public static RequestLoad small(Wire wire, Target target) {
    return new RequestLoad(wire, target, Content.SMALL, Content.SMALL_LENGTH);
  }

  /** Asks for {@link Content#LARGE}. */
  public static RequestLoad large(Wire wire, Target target) {
    return new RequestLoad(wire, target, Content.LARGE, Content.LARGE_LENGTH);
  }

  /** Runs for so long; every answer is checked. */
  public Outcome run(int connections, Duration duration) {
    Phase phase = new Phase(connections);
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    long stop = start + duration.toNanos();
    for (int i = 0; i < connections; i++) {
      connect(phase, latencies, stop);
    }
    phase.await(duration);
    return new Outcome(latencies, length, (System.nanoTime() - start) / 1e9);
  }

  private void connect(Phase phase, Latencies latencies, long stop) {
    wire.connect(target, phase, () -> new Asking(phase, latencies, stop));
  }

  /**
   * What a phase gave.
   *
   * @param latencies one per answer
   * @param length of an answer's body, in bytes
   * @param seconds from the first connection to the last answer
   */
  public record Outcome(Latencies latencies, int length, double seconds) {

    public double perSecond() {
      return latencies.count() / seconds;
    }

    public double megabytes() {
      return latencies.count() / 1e6 * length;
    }

    public double megabytesPerSecond() {
      return megabytes() / seconds;
    }
  }

  private final class Asking extends ChannelInboundHandlerAdapter {

    private final Phase phase;
    private final Latencies latencies;
    private final long stop;
    private final Answer answer = new Answer(length);
    private long asked;
    private boolean waiting;

    Asking(Phase phase, Latencies latencies, long stop) {
      this.phase = phase;
      this.latencies = latencies;
      this.stop = stop;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      ask(context);
    }

    private void ask(ChannelHandlerContext context) {
      asked = System.nanoTime();
      if (phase.isOver()) {
        context.close();
      } else if (asked >= stop) {
        context.close();
        phase.done();
      } else {
        waiting = true;
        context.writeAndFlush(request.duplicate(), context.voidPromise());
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!answer.complete((ByteBuf) message)) {
        return;
      }
      latencies.add(System.nanoTime() - asked);
      waiting = false;
      if (answer.wasLast()) {
        context.close();
        connect(phase, latencies, stop);
      } else {
        ask(context);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (waiting) {
        phase.fail("the connection ended before its answer");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      waiting = false;
      phase.fail(cause);
      context.close();
    }
  }
}
