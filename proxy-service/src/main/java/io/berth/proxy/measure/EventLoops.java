package io.berth.proxy.measure;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the event loops tell of themselves: how late they are, which is what every request on them
 * waits, and how much waits in their sockets. Each loop looks at itself now and then.
 */
public final class EventLoops {

  private static final long LOOK_EVERY_MILLIS = 250;

  /** Sockets are looked through at every so many looks, since there may be thousands. */
  private static final int SOCKETS_EVERY = 16;

  /** Half of the time that the largest lag is shown for. */
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final List<Loop> loops = new ArrayList<>();

  /** Begins to look at these loops; it ends with them. */
  public EventLoops(Iterable<EventExecutor> executors, EdgeMetrics metrics) {
    for (EventExecutor executor : executors) {
      if (executor instanceof SingleThreadEventLoop loop) {
        Loop watched = new Loop(loop);
        metrics.gaugeOfLoop(
            "event.loop.lag.seconds",
            loops.size(),
            "the longest that a task waited for its event loop in the last 15 to 30 seconds",
            () -> watched.lagNanos() / 1e9);
        loops.add(watched);
        watched.begin();
      }
    }
  }

  /** Bytes written to sockets that the other ends have not taken yet. */
  public long bufferedBytes() {
    return loops.stream().mapToLong(loop -> loop.buffered).sum();
  }

  private static final class Loop {

    private final SingleThreadEventLoop loop;
    private long expectedAt;
    private int looks;
    private long windowSince = System.nanoTime();
    private volatile long lagBefore;
    private volatile long lagNow;
    private volatile long buffered;

    Loop(SingleThreadEventLoop loop) {
      this.loop = loop;
    }

    long lagNanos() {
      return Math.max(lagBefore, lagNow);
    }

    void begin() {
      expectedAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS);
      var _ = loop.schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
      long now = System.nanoTime();
      if (now - windowSince > WINDOW_NANOS) {
        lagBefore = lagNow;
        lagNow = 0;
        windowSince = now;
      }
      lagNow = Math.max(lagNow, now - expectedAt);
      if (looks++ % SOCKETS_EVERY == 0) {
        buffered = pending(loop.registeredChannelsIterator());
      }
      begin();
    }

    private static long pending(Iterator<Channel> channels) {
      long bytes = 0;
      while (channels.hasNext()) {
        ChannelOutboundBuffer buffer = channels.next().unsafe().outboundBuffer();
        bytes += buffer == null ? 0 : buffer.totalPendingWriteBytes();
      }
      return bytes;
    }
  }
}
