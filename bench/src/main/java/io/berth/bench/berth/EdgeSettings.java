package io.berth.bench.berth;

import io.berth.launcher.installation.Checkout;
import io.berth.launcher.suite.ServiceJvm;
import io.berth.launcher.suite.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How an edge is run.
 *
 * @param name in the tables
 * @param application folder that holds {@code quarkus-run.jar}
 * @param jvm options of its JVM beyond those of {@code ./berth up}
 * @param environment configuration beyond what the benchmark sets
 */
public record EdgeSettings(
    String name, Path application, List<String> jvm, Map<String, String> environment) {

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

  /** Where the build of a checkout leaves the edge. */
  public static Path built(Checkout checkout) {
    return checkout.file("proxy-service/target/quarkus-app");
  }

  Path program() {
    return application.resolve("quarkus-run.jar");
  }

  /** All options of its JVM. */
  public List<String> options() {
    List<String> options =
        new ArrayList<>(new ServiceJvm(ServiceName.PROXY, application).options());
    options.addAll(jvm);
    return options;
  }

  /** Whether there is something to run. */
  public boolean isBuilt() {
    return Files.exists(program());
  }

  public EdgeSettings {
    jvm = List.copyOf(jvm);
    environment = Map.copyOf(environment);
  }
}
