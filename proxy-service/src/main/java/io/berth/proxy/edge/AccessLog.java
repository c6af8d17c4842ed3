package io.berth.proxy.edge;

import io.berth.proxy.http.ExchangeFacts;
import io.berth.proxy.measure.EdgeMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * One line per request with fixed keys, written many at a time by a thread of its own. Paths only,
 * since queries and cookies may carry secrets; what can't be written in time is counted and left
 * out.
 *
 * <p>Lines look like the console's other lines and obey the level of their category, but don't pass
 * through the logging framework: a format and a system call for each cost a quarter of a request.
 */
final class AccessLog implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("io.berth.access");
  private static final int WAITING = 16_384;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LAST_WORDS_MILLIS = 1_000;

  private final Queue<ExchangeFacts> waiting = new MpscAtomicArrayQueue<>(WAITING);
  private final AccessLines lines = new AccessLines();
  private final EdgeMetrics metrics;
  private final OutputStream out;
  private final Thread writer;
  private volatile boolean closing;

  /**
   * @param out takes whole lines, many in one call
   */
  AccessLog(EdgeMetrics metrics, OutputStream out) {
    this.metrics = metrics;
    this.out = out;
    this.writer = Thread.ofPlatform().daemon().name("access-log").start(this::writeAll);
  }

  void add(ExchangeFacts facts) {
    metrics.answered(facts.kind(), facts.status(), facts.nanos());
    if (LOG.isInfoEnabled() && !waiting.offer(facts)) {
      metrics.failed("access-log-full");
    }
  }

  private void writeAll() {
    boolean last = false;
    while (!last) {
      last = closing;
      if (!last) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      try {
        writeWaiting();
      } catch (IOException e) {
        metrics.failed("access-log-unwritable");
      }
    }
  }

  private void writeWaiting() throws IOException {
    lines.readClocks();
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      lines.add(next);
      if (lines.full()) {
        lines.writeTo(out);
      }
    }
    lines.writeTo(out);
  }

  /** Writes what waits, then ends. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
