package io.berth.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.container.Container;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastWordsTest {

  private static final Container ENDED =
      new Container(
          "id", "name", Optional.empty(), 1, Container.State.EXITED, 3, false, Optional.empty());

  @Test
  void theLastLinesAreTold() {
    assertThat(LastWords.of(ENDED, List.of("1", "2", "3", "no display"), "pw-of-it"))
        .isEqualTo(
            "The desktop ended while starting (exit code 3). Its last words: 2 / 3 / no display");
  }

  @Test
  void secretsAreNot() {
    assertThat(
            LastWords.of(
                ENDED,
                List.of(
                    "VNC_PW=abc", "the word is pw-of-it", "Authorization: Basic a2FzbV91c2VyOnB3"),
                "pw-of-it"))
        .doesNotContain("abc", "pw-of-it", "a2FzbV91c2VyOnB3");
  }

  @Test
  void aContainerThatSaidNothingEndsInAFullStop() {
    assertThat(LastWords.of(ENDED, List.of(), "x"))
        .isEqualTo("The desktop ended while starting (exit code 3).");
  }
}
