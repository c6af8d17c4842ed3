package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What alice's desktop reaches of the machine that it runs on. */
@ExtendWith(Suite.class)
class DesktopNetworkIT {

  @Test
  void aDesktopReachesNeitherItsNeighbourNorTheEdgeNorTheDatabaseNorMetadata(
      RunningBerth berth, Browser browser) {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root's `up` sets the rules");
    try (Person alice = Person.signedIn(berth, browser, "alice");
        Person bob = Person.signedIn(berth, browser, "bob")) {
      alice.launch("ubuntu-desktop");
      bob.launch("ubuntu-desktop");
      String desktop = alice.sessionId("ubuntu-desktop");
      String gateway = Engine.network(desktop, "Gateway");
      List<String> inside = new ArrayList<>();
      inside.add(Engine.network(bob.sessionId("ubuntu-desktop"), "IPAddress") + "/6901");
      inside.add(gateway + "/" + RunningBerth.PORT);
      inside.add(gateway + "/" + (RunningBerth.PORT + 4)); // PostgreSQL
      inside.add("169.254.169.254/80");

      String seen = Engine.inside(desktop, "bash", "-c", dialling(inside));

      assertThat(seen).contains("done").doesNotContain("open");
      assertThat(alice.get("/desktop/alice-ubuntu-desktop/package.json").status()).isEqualTo(200);
      alice.stop("ubuntu-desktop");
      bob.stop("ubuntu-desktop");
    }
  }

  private static String dialling(List<String> targets) {
    StringBuilder script = new StringBuilder();
    for (String target : targets) {
      script.append(
          "timeout 2 bash -c '</dev/tcp/%s' 2>/dev/null && echo open %s; "
              .formatted(target, target));
    }
    return script.append("echo done").toString();
  }
}
