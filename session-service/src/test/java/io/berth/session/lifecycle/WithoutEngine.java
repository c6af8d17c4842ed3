package io.berth.session.lifecycle;

import io.berth.session.environment.ReadyAtOnce;
import io.berth.session.environment.StubRuntime;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** Workers, database and routes are real, and there is no engine behind them. */
public final class WithoutEngine implements QuarkusTestProfile {

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(StubRuntime.class, ReadyAtOnce.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "berth.ports.range", "32100-32699",
        "berth.ports.quarantine", "1s",
        "berth.routes.echo-timeout", "1s",
        "berth.routes.unsure-quarantine", "1m");
  }
}
