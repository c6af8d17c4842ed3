package io.berth.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.launcher.console.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {

  @Test
  void handsOverEachLineAndHowItEnded() {
    List<String> lines = new ArrayList<>();

    Command.Outcome outcome =
        Command.of("sh", "-c", "echo \"$WORD\"; echo two >&2; exit 3")
            .with(Map.of("WORD", "one"))
            .run(Duration.ofSeconds(10), lines::add);

    assertThat(lines).containsExactly("one", "two");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.lastLine()).isEqualTo("two");
  }

  @Test
  void aProgramThatIsNotThereFailsAsInAShell() {
    Command.Outcome outcome = Command.of("berth-no-such-program").run(Duration.ofSeconds(10));

    assertThat(outcome.exitCode()).isEqualTo(Command.NOT_FOUND);
  }

  @Test
  void aCommandThatHangsIsEnded() {
    assertThatThrownBy(() -> Command.of("sleep", "60").run(Duration.ofMillis(200)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("did not end");
  }
}
