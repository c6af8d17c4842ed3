package io.berth.proxy.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The edge's meters, all named {@code berth.proxy.…}; the module's README lists them. Labels are
 * words of the code and never of a request, so their number is bounded; recording one that was
 * recorded before allocates nothing.
 */
public final class EdgeMetrics {

  private static final String PREFIX = "berth.proxy.";
  private static final int STATUS_CLASSES = 6;

  private static final Duration[] REQUEST_BUCKETS = {
    Duration.ofMillis(2),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private static final Duration[] TUNNEL_BUCKETS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1),
    Duration.ofHours(4),
    Duration.ofHours(12)
  };

  private final MeterRegistry registry;
  private final Map<String, Timer[]> requests = new ConcurrentHashMap<>();
  private final Map<String, Timer> tunnels = new ConcurrentHashMap<>();
  private final Map<String, Counter> failures = new ConcurrentHashMap<>();
  private final Map<String, Counter> handshakes = new ConcurrentHashMap<>();
  private final Map<String, Counter> verdicts = new ConcurrentHashMap<>();
  private final Map<String, Counter> limits = new ConcurrentHashMap<>();
  private final List<Supplier<Number>> totals = new CopyOnWriteArrayList<>();

  public EdgeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts and times an answered request by what it was for and its status class. */
  public void answered(String route, int status, long nanos) {
    Timer[] classes = requests.get(route);
    if (classes == null) {
      classes = requests.computeIfAbsent(route, this::statusClasses);
    }
    classes[Math.clamp(status / 100, 0, STATUS_CLASSES - 1)].record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer[] statusClasses(String route) {
    Timer[] classes = new Timer[STATUS_CLASSES];
    for (int i = 0; i < STATUS_CLASSES; i++) {
      classes[i] =
          Timer.builder(PREFIX + "request")
              .description("from a request's head to the end of its answer")
              .tags("route", route, "status", i == 0 ? "none" : i + "xx")
              .serviceLevelObjectives(REQUEST_BUCKETS)
              .register(registry);
    }
    return classes;
  }

  /** Counts a request that failed for a reason on the upstream's or the client's side. */
  public void failed(String cause) {
    counter(failures, "failures", "cause", cause).increment();
  }

  /** Counts a WebSocket that did not come to be. */
  public void handshakeFailed(String cause) {
    counter(handshakes, "handshake.failures", "cause", cause).increment();
  }

  /** Counts what a token was found to be. */
  public void verdict(String outcome) {
    counter(verdicts, "login.verdicts", "outcome", outcome).increment();
  }

  /** Counts that somebody met a limit. */
  public void limited(String limit) {
    counter(limits, "limited", "limit", limit).increment();
  }

  /** Counts and times a tunnel at its end, and the bytes that went through it. */
  public void tunnelClosed(String reason, Duration age, long bytesUp, long bytesDown) {
    tunnels
        .computeIfAbsent(
            reason,
            r ->
                Timer.builder(PREFIX + "tunnel")
                    .description("from a WebSocket's opening to its end")
                    .tag("reason", r)
                    .serviceLevelObjectives(TUNNEL_BUCKETS)
                    .register(registry))
        .record(age);
    tunnelBytes(reason, "up").increment((double) bytesUp);
    tunnelBytes(reason, "down").increment((double) bytesDown);
  }

  private Counter tunnelBytes(String reason, String direction) {
    return registry.counter(PREFIX + "tunnel.bytes", "reason", reason, "direction", direction);
  }

  /** Shows a number that is asked for when somebody looks; the name ends in its unit, if any. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(PREFIX + name, value).description(description).register(registry);
  }

  /** Shows a number that only grows and is counted elsewhere. */
  public void total(String name, String description, Supplier<Number> value) {
    FunctionCounter.builder(PREFIX + name, value, counted -> counted.get().doubleValue())
        .description(description)
        .register(registry);
    // Micrometer refers to what it asks weakly.
    totals.add(value);
  }

  /** A gauge of one event loop of several. */
  public void gaugeOfLoop(String name, int loop, String description, Supplier<Number> value) {
    Gauge.builder(PREFIX + name, value)
        .description(description)
        .tag("loop", Integer.toString(loop))
        .register(registry);
  }

  private Counter counter(Map<String, Counter> known, String name, String label, String value) {
    Counter counter = known.get(value);
    return counter != null
        ? counter
        : known.computeIfAbsent(value, v -> registry.counter(PREFIX + name, label, v));
  }
}
