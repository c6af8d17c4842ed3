package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./berth cleanup} on a container as the port-based version left them. */
@ExtendWith(Suite.class)
class CleanupIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NAME = "kasm-e2e-ubuntu-desktop-abc123";

  @Test
  void removesAnOldContainerOnlyWhenItIsTold(RunningBerth berth) {
    String image = docker("images", "-q").lines().findFirst().orElseThrow();
    docker("create", "--name", NAME, "-p", "127.0.0.1:7990:6901", image);
    try {
      Command.Outcome asked = berth.berth(LIMIT, "cleanup");
      assertThat(asked.output()).contains(NAME, "Nothing was removed");
      assertThat(docker("ps", "-aq", "--filter", "name=" + NAME)).isNotBlank();

      Command.Outcome told = berth.berth(LIMIT, "cleanup", "--yes");

      assertThat(told.output()).contains(NAME, "Removed");
      assertThat(docker("ps", "-aq", "--filter", "name=" + NAME)).isBlank();
    } finally {
      docker("rm", "-f", NAME);
    }
  }

  private static String docker(String... words) {
    List<String> all = new ArrayList<>(List.of("docker"));
    all.addAll(List.of(words));
    return Command.run(LIMIT, all).output();
  }
}
