package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Suite.class)
class SecondUpIT {

  @Test
  void findsEverythingRunning(RunningBerth berth) {
    Command.Outcome second = berth.up();

    RunningBerth.keep("second-up.txt", second.output());
    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(second.output()).contains("running", berth.url());
  }

  @Test
  void statusSaysThatAllIsWell(RunningBerth berth) {
    Command.Outcome status = berth.berth(Duration.ofSeconds(60), "status");

    RunningBerth.keep("status.txt", status.output());
    assertThat(status.exitCode()).as(status.output()).isZero();
    for (String part :
        List.of("postgres", "keycloak", "auth-service", "session-service", "proxy-service")) {
      assertThat(status.output()).containsIgnoringCase(part);
    }
  }
}
