package io.berth.session.container.kubernetes;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** No worker and no timer does anything: the tests take each step themselves. */
public final class OnKubernetes implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "berth.lifecycle.workers", "0",
        "berth.lifecycle.reconcile-every", "1h",
        "berth.kubernetes.stop-grace", "1s");
  }
}
