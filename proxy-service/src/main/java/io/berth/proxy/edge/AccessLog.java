package io.berth.proxy.edge;

import io.berth.proxy.http.Exchange;
import io.berth.proxy.measure.EdgeMetrics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;

/**
 * One line per request with fixed keys, written on a thread of its own. Paths only, since queries
 * and cookies may carry secrets; what can't be written in time is counted and left out.
 */
final class AccessLog implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("io.berth.access");
  private static final int WAITING = 8_192;

  private final BlockingQueue<Exchange.Facts> waiting = new ArrayBlockingQueue<>(WAITING);
  private final EdgeMetrics metrics;
  private final Thread writer;

  AccessLog(EdgeMetrics metrics) {
    this.metrics = metrics;
    this.writer = Thread.ofPlatform().daemon().name("access-log").start(this::writeAll);
  }

  void add(Exchange.Facts line) {
    metrics.answered(line.kind(), line.status());
    if (LOG.isInfoEnabled() && !waiting.offer(line)) {
      metrics.failed("access-log-full");
    }
  }

  private void writeAll() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Exchange.Facts line = waiting.take();
        LOG.infof(
            "user=%s kind=%s route=%s method=%s path=%s status=%d bytes=%d duration=%.4f"
                + " client=%s cause=%s",
            line.user(),
            line.kind(),
            line.route(),
            line.method(),
            line.path(),
            line.status(),
            line.bytes(),
            line.nanos() / 1e9,
            line.client(),
            line.cause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    writer.interrupt();
  }
}
