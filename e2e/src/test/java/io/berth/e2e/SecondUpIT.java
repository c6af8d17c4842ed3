package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  void startsAgainWhatWasKilled(RunningBerth berth) {
    for (String part : List.of("session-service", "proxy-service")) {
      assertThat(ProcessHandle.of(pid(berth, part)).orElseThrow().destroyForcibly()).isTrue();
    }

    Command.Outcome second = berth.up();

    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(second.output()).contains("session-service", "proxy-service");
    assertThat(berth.berth(Duration.ofSeconds(60), "status").exitCode()).isZero();
  }

  private static long pid(RunningBerth berth, String part) {
    String json = berth.berth(Duration.ofSeconds(60), "status", "--json").output();
    Matcher pid = Pattern.compile("\"part\":\"" + part + "\".*?\"pid\":(\\d+)").matcher(json);
    assertThat(pid.find()).as(json).isTrue();
    return Long.parseLong(pid.group(1));
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
