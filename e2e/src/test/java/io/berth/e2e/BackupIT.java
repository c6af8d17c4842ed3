package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Suite.class)
@EnabledIfEnvironmentVariable(named = "BERTH_TEST_COMPOSE", matches = "true")
class BackupIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void everythingIsBackAfterAPurge(RunningBerth berth, Browser browser) throws IOException {
    Path file = RunningBerth.OUTPUT.resolve("backup.tar.gz");
    try (Person bob = Person.signedIn(berth, browser, "bob")) {
      bob.launch("ubuntu-desktop");
      Engine.inside(
          bob.sessionId("ubuntu-desktop"), "sh", "-c", "echo saved > /home/kasm-user/saved");
      bob.stop("ubuntu-desktop");
    }
    succeeds(berth.berth(LIMIT, "backup", file.toString()));
    succeeds(berth.berth(LIMIT, "down", "--purge"));

    succeeds(berth.berth(LIMIT, "restore", file.toString()));

    succeeds(berth.up());
    try (Person bob = Person.signedIn(berth, browser, "bob")) {
      bob.launch("ubuntu-desktop");
      assertThat(Engine.inside(bob.sessionId("ubuntu-desktop"), "cat", "/home/kasm-user/saved"))
          .contains("saved");
      bob.stop("ubuntu-desktop");
    }
    Files.delete(file);
  }

  private static void succeeds(Command.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
  }
}
