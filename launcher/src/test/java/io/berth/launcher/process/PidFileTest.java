package io.berth.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir private Path folder;

  @Test
  void findsTheProcessThatWasKept() {
    ProcessHandle process = sleeping();
    try {
      PidFile file = new PidFile(folder.resolve("part.pid"));
      file.keep(process);

      assertThat(file.running()).contains(process);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void noticesThatTheProcessWasKilled() {
    ProcessHandle process = sleeping();
    PidFile file = new PidFile(folder.resolve("part.pid"));
    file.keep(process);

    Ending.end(process, Duration.ofSeconds(5));

    assertThat(file.running()).isEmpty();
  }

  @Test
  void doesNotTakeAnotherProcessWithTheSameIdForIt() throws IOException {
    ProcessHandle other = sleeping();
    try {
      Path file = folder.resolve("part.pid");
      Files.writeString(file, other.pid() + " 1000000000000\n");

      assertThat(new PidFile(file).running()).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aDamagedFileNamesNoProcess() throws IOException {
    Path file = folder.resolve("part.pid");
    Files.writeString(file, "not a number at all");

    assertThat(new PidFile(file).running()).isEmpty();
  }

  private ProcessHandle sleeping() {
    return new Detached(
            java.util.List.of("sleep", "60"),
            java.util.Map.of(),
            folder,
            folder.resolve("sleep.log"))
        .start();
  }
}
