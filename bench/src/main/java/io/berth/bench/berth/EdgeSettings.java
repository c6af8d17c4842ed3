package io.berth.bench.berth;

import io.berth.launcher.installation.Checkout;
import java.util.List;
import java.util.Map;

/**
 * How the edge is run.
 *
 * @param checkout where it was built
 * @param jvm options of its JVM
 * @param environment configuration beyond what the benchmark sets
 */
public record EdgeSettings(Checkout checkout, List<String> jvm, Map<String, String> environment) {

  /** What {@code ./berth up} gives the services. */
  public static final List<String> JVM =
      List.of(
          "-Xms32m",
          "-Xmx192m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /**
   * One person at one address does here what thousands do: limits that are counted as ever and that
   * nobody meets.
   */
  static final Map<String, String> LIMITS =
      Map.ofEntries(
          limit("CONNECTIONS", 1_000_000),
          limit("ADDRESS_CONNECTIONS", 1_000_000),
          limit("ADDRESS_EXCHANGES", 1_000_000),
          limit("ADDRESS_TUNNELS", 1_000_000),
          limit("ADDRESS_REQUESTS_PER_SECOND", 10_000_000),
          limit("ADDRESS_REQUEST_BURST", 10_000_000),
          limit("ADDRESS_NEW_TUNNELS_PER_MINUTE", 10_000_000),
          limit("ADDRESS_WITHOUT_LOGIN_PER_SECOND", 10_000_000),
          limit("ADDRESS_WITHOUT_LOGIN_BURST", 10_000_000),
          limit("PERSON_EXCHANGES", 1_000_000),
          limit("PERSON_TUNNELS", 1_000_000),
          limit("PERSON_REQUESTS_PER_SECOND", 10_000_000),
          limit("PERSON_REQUEST_BURST", 10_000_000),
          limit("PERSON_NEW_TUNNELS_PER_MINUTE", 10_000_000));

  private static Map.Entry<String, String> limit(String name, int value) {
    return Map.entry("BERTH_PROXY_LIMITS_" + name, Integer.toString(value));
  }

  public EdgeSettings {
    jvm = jvm.isEmpty() ? JVM : List.copyOf(jvm);
    environment = Map.copyOf(environment);
  }
}
