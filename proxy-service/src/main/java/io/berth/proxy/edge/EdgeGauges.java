package io.berth.proxy.edge;

import io.berth.proxy.feed.DatabaseFeed;
import io.berth.proxy.http.ClientSide;
import io.berth.proxy.limit.Limits;
import io.berth.proxy.login.Revocations;
import io.berth.proxy.measure.EdgeMetrics;
import io.berth.proxy.measure.EventLoops;
import io.berth.proxy.route.RouteTable;
import io.berth.proxy.tunnel.Tunnels;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;

/** What the edge has and how it is, read when somebody looks. */
final class EdgeGauges {

  private final EdgeMetrics metrics;

  EdgeGauges(EdgeMetrics metrics) {
    this.metrics = metrics;
  }

  void show(ClientSide clients, Tunnels tunnels) {
    metrics.gauge("connections", "open HTTP connections", clients::connectionCount);
    metrics.gauge("tunnels", "open WebSockets", tunnels::size);
  }

  void show(Limits limits) {
    metrics.gauge("limits.remembered", "addresses and persons in memory", limits::remembered);
  }

  void show(RouteTable routes) {
    metrics.gauge("routes", "routes in memory", routes::size);
    metrics.gauge(
        "routes.unchanged.seconds",
        "time since a route came or went",
        () -> seconds(routes.unchangedFor()));
    metrics.gauge("ports.used", "ports that routes lead to", routes::portsInUse);
  }

  void show(DatabaseFeed feed, Revocations revocations) {
    metrics.gauge(
        "feed.unsure.seconds",
        "time since memory was known to hold what the database does",
        () -> seconds(feed.unsureFor()));
    metrics.total(
        "feed.repairs", "comparisons that found memory and the database to differ", feed::repairs);
    metrics.gauge("revocations", "revoked logins in memory", revocations::size);
  }

  void show(EventLoops loops) {
    metrics.gauge("buffered.bytes", "bytes that peers have not taken yet", loops::bufferedBytes);
    metrics.gauge(
        "direct.memory.bytes",
        "direct memory that buffers are cut from",
        PooledByteBufAllocator.DEFAULT.metric()::usedDirectMemory);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }
}
