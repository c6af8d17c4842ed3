package io.berth.proxy.forward;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to upstreams, the unused ones by upstream; touched on that loop
 * only. One sweep looks after all their deadlines: a timer for each request costs more.
 */
final class ConnectionPool {

  private static final long SWEEP_SECONDS = 1;

  private final UpstreamConfig config;
  private final Map<Object, Deque<UpstreamConnection>> idle = new HashMap<>();
  private final Set<UpstreamConnection> open = new HashSet<>();

  ConnectionPool(UpstreamConfig config, EventLoop loop) {
    this.config = config;
    var _ =
        loop.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  @Nullable UpstreamConnection take(Object key) {
    Deque<UpstreamConnection> waiting = idle.get(key);
    while (waiting != null) {
      UpstreamConnection connection = waiting.pollLast();
      if (connection == null) {
        return null;
      }
      if (connection.active()) {
        return connection;
      }
    }
    return null;
  }

  void keep(Object key, UpstreamConnection connection) {
    Deque<UpstreamConnection> waiting = idle.computeIfAbsent(key, k -> new ArrayDeque<>());
    if (connection.active() && waiting.size() < config.idleConnections()) {
      waiting.addLast(connection);
    } else {
      connection.close();
    }
  }

  void opened(UpstreamConnection connection) {
    open.add(connection);
  }

  void closed(Object key, UpstreamConnection connection) {
    open.remove(connection);
    Deque<UpstreamConnection> waiting = idle.get(key);
    if (waiting != null) {
      waiting.remove(connection);
    }
  }

  /** Closes what waits for an upstream that is no more. */
  void drop(Object key) {
    Deque<UpstreamConnection> waiting = idle.remove(key);
    if (waiting != null) {
      List.copyOf(waiting).forEach(UpstreamConnection::close);
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    long patience = config.answerTimeout().toNanos();
    List<UpstreamConnection> silent = new ArrayList<>();
    for (UpstreamConnection connection : open) {
      if (connection.isSilent(now, patience)) {
        silent.add(connection);
      }
    }
    silent.forEach(UpstreamConnection::giveUp);
    closeIdle(now);
  }

  private void closeIdle(long now) {
    long oldest = now - config.idle().toNanos();
    List<UpstreamConnection> stale = new ArrayList<>();
    for (Deque<UpstreamConnection> waiting : idle.values()) {
      waiting.stream().filter(c -> c.idleSince() - oldest < 0).forEach(stale::add);
    }
    stale.forEach(UpstreamConnection::close);
    idle.values().removeIf(Deque::isEmpty);
  }
}
