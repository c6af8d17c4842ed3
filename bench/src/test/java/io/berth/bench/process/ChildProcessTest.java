package io.berth.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChildProcessTest {

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void endsWithTheWorkersThatItStarted() throws IOException {
    ChildProcess child = start("sleep 60 & sleep 60; true");
    List<ProcessHandle> workers = awaitWorkers();
    assertThat(child.footprint().residentBytes()).isPositive();

    child.close();

    assertThat(child.isAlive()).isFalse();
    assertThat(workers).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void noChildIsAdoptedOnceAllHaveEnded() throws IOException {
    Children children = new Children();
    ChildProcess first = children.adopt(start("sleep 60"));

    children.close();

    assertThat(first.isAlive()).isFalse();
    ChildProcess late = start("sleep 60");
    assertThatThrownBy(() -> children.adopt(late)).isInstanceOf(IllegalStateException.class);
    assertThat(late.isAlive()).isFalse();
  }

  @Test
  void processorTimeIsReadPastABracketInTheName() {
    String stat = "4242 (ng) (inx) S 1 4242 4242 0 -1 4194560 100 0 0 0 250 150 9 9 20 0 1 0 5 6 7";

    assertThat(Footprint.cpuSeconds(stat)).isEqualTo(4.0);
  }

  @Test
  void residentMemoryIsTheRollupsRss() {
    String rollup = "5500-7ffc ---p 00000000 00:00 0 [rollup]\nRss:    2048 kB\nPss:   100 kB\n";

    assertThat(Footprint.kilobytes(rollup, "Rss:")).isEqualTo(2_048);
  }

  @Test
  void aCommandThatHangsIsGivenUp() {
    assertThat(
            ShortCommand.output(
                Duration.ofMillis(200), Map.of(), List.of("/bin/sh", "-c", "sleep 60")))
        .isEmpty();
  }

  private ChildProcess start(String script) throws IOException {
    return ChildProcess.start(
        "shell", List.of("/bin/sh", "-c", script), Map.of(), folder.resolve("shell.log"));
  }

  private static List<ProcessHandle> awaitWorkers() {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < deadline) {
      List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
      if (all.size() >= 3) {
        return all;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the shell's workers did not start");
  }
}
