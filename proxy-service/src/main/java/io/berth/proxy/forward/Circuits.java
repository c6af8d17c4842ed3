package io.berth.proxy.forward;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.berth.proxy.route.Route;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which desktops took no connection a moment ago. What is asked of them is answered at once,
 * instead of each request waiting for the same attempts; now and then one goes through to see
 * whether the desktop is back.
 */
public final class Circuits {

  private static final int MOST_REMEMBERED = 10_000;

  private final UpstreamConfig config;
  private final Consumer<Route> unreachable;

  /** When the next attempt may be made, in {@link System#nanoTime()}, by generation. */
  private final Map<Long, Long> nextTry = new ConcurrentHashMap<>();

  private final Cache<Long, Boolean> told;

  /**
   * @param unreachable hears of a desktop that takes no connection, now and then while that lasts
   */
  public Circuits(UpstreamConfig config, Consumer<Route> unreachable) {
    this.config = config;
    this.unreachable = unreachable;
    this.told =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(config.unreachableToldEvery())
            .executor(Runnable::run)
            .build();
  }

  /** Learns from how an attempt ends. */
  Dialer.Outcome watching(Route route, Dialer.Outcome outcome) {
    return new Dialer.Outcome() {
      @Override
      public void connected(Channel channel) {
        nextTry.remove(route.generation());
        outcome.connected(channel);
      }

      @Override
      public void failed(Throwable cause) {
        nextTry.put(route.generation(), System.nanoTime() + config.unreachableRest().toNanos());
        tell(route);
        outcome.failed(cause);
      }
    };
  }

  /** Everybody while nothing is known against it; then one at a time, after a rest. */
  boolean mayTry(Route route) {
    if (nextTry.isEmpty()) {
      return true;
    }
    Long next = nextTry.get(route.generation());
    if (next == null) {
      return true;
    }
    long now = System.nanoTime();
    long whileItTries = now + config.connectBudget().toNanos();
    return now - next >= 0 && nextTry.replace(route.generation(), next, whileItTries);
  }

  /** Says that a desktop takes no connection, or none that brings an answer. */
  void tell(Route route) {
    if (told.asMap().putIfAbsent(route.generation(), true) == null) {
      unreachable.accept(route);
    }
  }

  /** Forgets a route that is no more. */
  public void drop(Route route) {
    nextTry.remove(route.generation());
  }
}
