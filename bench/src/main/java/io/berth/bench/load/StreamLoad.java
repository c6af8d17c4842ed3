package io.berth.bench.load;

import io.berth.bench.upstream.Content;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** WebSockets that read what the upstream sends as fast as it comes: a desktop's moving screen. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: failures reach exceptionCaught
public final class StreamLoad {

  /** Left out at the start, when sockets' windows still grow. */
  private static final Duration RAMP = Duration.ofMillis(300);

  private StreamLoad() {}

  /**
   * What a phase gave.
   *
   * @param megabytes all that came, the ramp's included
   * @param megabytesPerSecond after the ramp
   */
  public record Outcome(double megabytes, double megabytesPerSecond) {}

  /** Reads for so long; every frame's header, first and last byte are checked. */
  public static Outcome run(Wire wire, Target target, int connections, Duration duration) {
    Phase phase = new Phase(1);
    Count count = new Count();
    List<Channel> channels = new ArrayList<>();
    long[] window = new long[4];
    for (int i = 0; i < connections; i++) {
      byte[] handshake = target.handshake(target.visitor(0), Content.SOURCE);
      channels.add(
          wire.connect(target, phase, () -> new Reading(phase, handshake, count)).channel());
    }
    wire.executor()
        .schedule(
            () -> {
              window[0] = System.nanoTime();
              window[1] = count.bytes;
            },
            RAMP.toMillis(),
            TimeUnit.MILLISECONDS);
    wire.executor()
        .schedule(
            () -> {
              window[2] = System.nanoTime();
              window[3] = count.bytes;
              count.over = true;
              channels.forEach(Channel::close);
              if (count.opened < connections) {
                phase.fail("%d of %d WebSockets opened".formatted(count.opened, connections));
              }
              phase.done();
            },
            RAMP.plus(duration).toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      phase.await(RAMP.plus(duration));
    } finally {
      channels.forEach(Channel::close);
    }
    double seconds = (window[2] - window[0]) / 1e9;
    return new Outcome(window[3] / 1e6, (window[3] - window[1]) / 1e6 / seconds);
  }

  /** Shared by the connections, on their one thread. */
  private static final class Count {
    private long bytes;
    private int opened;
    private boolean over;
  }

  private static final class Reading extends Tunnel {

    private static final int FRAME = Content.STREAM_PAYLOAD + 4;
    private static final int HEADER =
        Content.BINARY << 24 | 126 << 16 | (Content.STREAM_PAYLOAD & 0xffff);

    private final Count count;
    private int position;
    private int header;

    Reading(Phase phase, byte[] handshake, Count count) {
      super(phase, handshake);
      this.count = count;
    }

    @Override
    void opened(ChannelHandlerContext context) {
      count.opened++;
    }

    @Override
    void received(ChannelHandlerContext context, ByteBuf bytes) {
      if (count.over) {
        mayEnd();
        return;
      }
      count.bytes += bytes.readableBytes();
      while (bytes.isReadable()) {
        if (position < 4) {
          header = header << 8 | (bytes.readByte() & 0xff);
          if (++position == 4 && header != HEADER) {
            throw new WrongAnswer("a frame with another header than was sent");
          }
          continue;
        }
        int step = Math.min(bytes.readableBytes(), FRAME - position);
        int at = bytes.readerIndex();
        if (position == 4 && bytes.getByte(at) != Content.FIRST) {
          throw new WrongAnswer("a frame that starts with other bytes");
        }
        position += step;
        bytes.skipBytes(step);
        if (position == FRAME) {
          if (bytes.getByte(at + step - 1) != Content.LAST) {
            throw new WrongAnswer("a frame that ends with other bytes");
          }
          position = 0;
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (count.over) {
        mayEnd();
      }
      super.channelInactive(context);
    }
  }
}
