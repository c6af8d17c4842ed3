package io.berth.bench.load;

import io.berth.bench.upstream.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;

/** WebSockets that each send the next small frame when the last one came back. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
public final class RoundTripLoad {

  private RoundTripLoad() {}

  /**
   * What a phase gave.
   *
   * @param latencies one per round trip
   * @param seconds from the first connection to the last frame
   */
  public record Outcome(Latencies latencies, double seconds) {

    public double perSecond() {
      return latencies.count() / seconds;
    }
  }

  /** Runs for so long; every frame is compared with what was sent. */
  public static Outcome run(Wire wire, Target target, int connections, Duration duration) {
    Phase phase = new Phase(connections);
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    long stop = start + duration.toNanos();
    for (int i = 0; i < connections; i++) {
      byte[] handshake = target.handshake(target.visitor(0), Content.ECHO);
      long first = (long) i << 40;
      wire.connect(target, phase, () -> new Bouncing(phase, handshake, latencies, stop, first));
    }
    phase.await(duration);
    return new Outcome(latencies, (System.nanoTime() - start) / 1e9);
  }

  private static final class Bouncing extends Tunnel {

    private final Phase phase;
    private final Latencies latencies;
    private final long stop;
    private final ByteBuf pending = Unpooled.buffer(EchoFrame.RETURNED, EchoFrame.RETURNED);
    private long number;
    private long sent;

    Bouncing(Phase phase, byte[] handshake, Latencies latencies, long stop, long first) {
      super(phase, handshake);
      this.phase = phase;
      this.latencies = latencies;
      this.stop = stop;
      this.number = first;
    }

    @Override
    void opened(ChannelHandlerContext context) {
      send(context);
    }

    private void send(ChannelHandlerContext context) {
      sent = System.nanoTime();
      if (sent >= stop || phase.isOver()) {
        mayEnd();
        context.close();
        phase.done();
        return;
      }
      context.writeAndFlush(EchoFrame.sent(context.alloc(), ++number), context.voidPromise());
    }

    @Override
    void received(ChannelHandlerContext context, ByteBuf bytes) {
      int missing = pending.writableBytes();
      if (bytes.readableBytes() > missing) {
        throw new WrongAnswer("more bytes than were sent");
      }
      pending.writeBytes(bytes);
      if (pending.isWritable()) {
        return;
      }
      latencies.add(System.nanoTime() - sent);
      if (!EchoFrame.isReturned(pending, number)) {
        throw new WrongAnswer("another frame than was sent");
      }
      pending.clear();
      send(context);
    }
  }
}
