package io.berth.proxy.edge;

import io.berth.proxy.http.ClientSide;
import io.berth.proxy.tunnel.Tunnels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The way out of service: a balancer's time to notice, then no new connections, then what is under
 * way to its end or its deadline, whichever comes first.
 */
record Drain(EdgeConfig config, Listeners listeners, List<ClientSide> clients, Tunnels tunnels) {

  private static final long POLL_MILLIS = 50;

  /** Returns when nobody is left or nobody may be. */
  void run() {
    try {
      TimeUnit.MILLISECONDS.sleep(listeners.isOpen() ? config.drainNotice().toMillis() : 0);
      listeners.close();
      clients.forEach(ClientSide::stop);
      long since = System.nanoTime();
      boolean told = false;
      while (!told || (someoneIsLeft() && !isPast(since, config.drainRequests()))) {
        if (!told && (tunnels.size() == 0 || isPast(since, config.drainTunnels()))) {
          tunnels.close();
          told = true;
        } else {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tunnels.close();
    }
    clients.forEach(ClientSide::closeAll);
  }

  private boolean someoneIsLeft() {
    return clients.stream().anyMatch(c -> c.exchangesUnderWay() > 0 || c.connectionCount() > 0);
  }

  private static boolean isPast(long since, Duration limit) {
    return System.nanoTime() - since >= limit.toNanos();
  }
}
