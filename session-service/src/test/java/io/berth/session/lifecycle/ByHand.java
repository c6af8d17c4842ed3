package io.berth.session.lifecycle;

import io.berth.session.environment.TestPorts;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** No worker and no timer does anything: the tests take each step themselves. */
public final class ByHand implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "berth.lifecycle.workers", "0",
        "berth.lifecycle.reconcile-every", "1h",
        "berth.timeouts.look-every", "1h",
        "berth.lifecycle.lease", "1s",
        "berth.lifecycle.previous-end-wait", "1s",
        "berth.ports.range", TestPorts.rangeOfThree(),
        "berth.ports.quarantine", "1s");
  }
}
