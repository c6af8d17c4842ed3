package io.berth.proxy.tunnel;

import io.berth.common.LoginClaims;
import io.berth.proxy.measure.EdgeMetrics;
import io.berth.proxy.route.Route;
import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Every open tunnel: who has it, by which route, and when it must end. */
public final class Tunnels implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("io.berth.access.tunnel");
  private static final long SWEEP_MILLIS = 1_000;

  private static final long POLL_MILLIS = 10;

  private final TunnelConfig config;
  private final EdgeMetrics metrics;
  private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tunnel-sweeper").factory());

  /**
   * @param stands whether a login is still good; asked about once a second
   */
  public Tunnels(TunnelConfig config, Predicate<LoginClaims> stands, EdgeMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
    var _ =
        sweeper.scheduleWithFixedDelay(
            () -> sweep(stands), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  TunnelConfig config() {
    return config;
  }

  /** Number of open tunnels. */
  public int size() {
    return open.size();
  }

  /** Registers a tunnel that stands. */
  Tunnel add(Tunnel.Owner owner, Channel client, Channel upstream) {
    Tunnel tunnel = new Tunnel(owner, client, upstream, config.closeTimeout(), this::closed);
    open.add(tunnel);
    owner.watch().opened();
    return tunnel;
  }

  private void closed(Tunnel tunnel) {
    open.remove(tunnel);
    tunnel.place().leave();
    tunnel.watch().closed();
    Ending ending = tunnel.ending();
    String reason = (ending == null ? Ending.RESET : ending).word();
    metrics.tunnelClosed(reason, tunnel.age(), tunnel.bytesUp(), tunnel.bytesDown());
    LOG.infof(
        "user=%s route=%s target=%s kind=tunnel reason=%s bytesUp=%d bytesDown=%d duration=%.3f",
        tunnel.login().slug(),
        tunnel.route().path(),
        tunnel.route().upstream(),
        reason,
        tunnel.bytesUp(),
        tunnel.bytesDown(),
        tunnel.age().toMillis() / 1_000.0);
  }

  /** Closes the tunnels of a login that is over. */
  public void closeLogin(String loginId) {
    closeWhere(tunnel -> tunnel.login().loginId().equals(loginId), Ending.LOGIN_OVER);
  }

  /** Closes the tunnels of a route that is no more. */
  public void closeRoute(Route route) {
    closeWhere(tunnel -> tunnel.route().generation() == route.generation(), Ending.ROUTE_GONE);
  }

  private void closeWhere(Predicate<Tunnel> which, Ending why) {
    for (Tunnel tunnel : open) {
      if (which.test(tunnel)) {
        tunnel.end(why);
      }
    }
  }

  private void sweep(Predicate<LoginClaims> stands) {
    long now = System.nanoTime();
    closeWhere(tunnel -> tunnel.isSilent(now, config.idleTimeout()), Ending.IDLE);
    closeWhere(tunnel -> !stands.test(tunnel.login()), Ending.LOGIN_OVER);
  }

  /** Tells every client that this proxy stops, and waits, within the close timeout, for them. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    closeWhere(tunnel -> true, Ending.STOPPING);
    long deadline = System.nanoTime() + config.closeTimeout().toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }
  }
}
