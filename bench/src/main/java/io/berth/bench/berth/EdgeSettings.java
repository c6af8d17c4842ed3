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

  public EdgeSettings {
    jvm = jvm.isEmpty() ? JVM : List.copyOf(jvm);
    environment = Map.copyOf(environment);
  }
}
