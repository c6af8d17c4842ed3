package io.berth.launcher.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindComposeTest {

  @ParameterizedTest
  @CsvSource({
    "2.40.3-3, true",
    "v2.23.0, true",
    "5.0.1, true",
    "2.22.9, false",
    "1.29.2, false",
    "docker: unknown command, false",
  })
  void knowsAVersionThatIsRecentEnough(String version, boolean recent) {
    assertThat(FindCompose.isRecent(version)).isEqualTo(recent);
  }
}
