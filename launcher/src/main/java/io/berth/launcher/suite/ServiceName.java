package io.berth.launcher.suite;

import io.berth.launcher.console.Failure;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Berth's own services, in the order in which they start. */
public enum ServiceName {
  AUTH("auth-service"),
  SESSION("session-service"),
  PROXY("proxy-service");

  private final String module;

  ServiceName(String module) {
    this.module = module;
  }

  /** The Maven module, which is also what the service is called. */
  public String module() {
    return module;
  }

  /** The service that a person means: {@code proxy} or {@code proxy-service}. */
  public static ServiceName of(String word) {
    return Arrays.stream(values())
        .filter(service -> service.module.equals(word) || service.module.equals(word + "-service"))
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                "No service is called %s; there are %s."
                    .formatted(
                        word,
                        Arrays.stream(values())
                            .map(ServiceName::module)
                            .collect(Collectors.joining(", ")))));
  }
}
