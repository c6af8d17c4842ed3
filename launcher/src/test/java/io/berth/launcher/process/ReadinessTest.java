package io.berth.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.launcher.process.Readiness.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void waitsForWhatIsStillStarting() throws IOException {
    Iterator<Answer> answers =
        List.<Answer>of(new Answer.NotYet("starts"), new Answer.Ready()).iterator();
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(Readiness.await(answers::next, process.toHandle(), LIMIT))
          .isEqualTo(new Answer.Ready());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void givesUpAtOnceWhenTheProcessIsGone() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();

    assertThat(Readiness.await(() -> new Answer.NotYet("starts"), process.toHandle(), LIMIT))
        .isEqualTo(new Answer.Died());
  }

  @Test
  void saysWhyItIsNotReadyWhenTheTimeIsOver() throws IOException {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(
              Readiness.await(
                  () -> new Answer.NotYet("answers 503"),
                  process.toHandle(),
                  Duration.ofMillis(300)))
          .isEqualTo(new Answer.NotYet("answers 503"));
    } finally {
      process.destroyForcibly();
    }
  }
}
