package io.berth.proxy.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The edge's counters and gauges, all named {@code berth.proxy.…}. */
public final class EdgeMetrics {

  private static final int STATUS_CLASSES = 6;

  private final MeterRegistry registry;
  private final Map<String, Counter[]> requests = new ConcurrentHashMap<>();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  public EdgeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts an answered request by what it was for and its status class. */
  public void answered(String kind, int status) {
    Counter[] classes = requests.get(kind);
    if (classes == null) {
      classes = requests.computeIfAbsent(kind, this::statusClasses);
    }
    classes[Math.clamp(status / 100, 0, STATUS_CLASSES - 1)].increment();
  }

  /** Counts a request that failed for a reason on the upstream's or the client's side. */
  public void failed(String cause) {
    counter("berth.proxy.failures", "cause", cause).increment();
  }

  /** Counts what a token was found to be. */
  public void verdict(String outcome) {
    counter("berth.proxy.login.verdicts", "outcome", outcome).increment();
  }

  /** Counts a tunnel's end and the bytes that went through it. */
  public void tunnelClosed(String reason, long bytesUp, long bytesDown) {
    counter("berth.proxy.tunnels.closed", "reason", reason).increment();
    counter("berth.proxy.tunnels.bytes", "direction", "up").increment((double) bytesUp);
    counter("berth.proxy.tunnels.bytes", "direction", "down").increment((double) bytesDown);
  }

  /** Shows a number that is asked for when somebody looks. */
  public void gauge(String name, Supplier<Number> value) {
    registry.gauge("berth.proxy." + name, value, supplier -> supplier.get().doubleValue());
    gauges.put(name, value);
  }

  /** Micrometer refers to what it measures weakly; this keeps it. */
  private final Map<String, Supplier<Number>> gauges = new ConcurrentHashMap<>();

  private Counter[] statusClasses(String kind) {
    Counter[] classes = new Counter[STATUS_CLASSES];
    for (int i = 0; i < STATUS_CLASSES; i++) {
      classes[i] =
          registry.counter(
              "berth.proxy.requests", "route", kind, "status", i == 0 ? "none" : i + "xx");
    }
    return classes;
  }

  private Counter counter(String name, String tag, String value) {
    return counters.computeIfAbsent(name + ' ' + value, key -> registry.counter(name, tag, value));
  }
}
