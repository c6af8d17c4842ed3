package io.berth.launcher.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentMavenTest {

  @ParameterizedTest
  @CsvSource({
    "Apache Maven 3.8.7, false",
    "Apache Maven 3.9.0 (9b58d2bad23a66be), true",
    "Apache Maven 3.10.1, true",
    "Apache Maven 4.0.0, true",
    "sh: mvn: not found, false"
  })
  void liveReloadNeedsThreeNineOrNewer(String output, boolean recent) {
    assertThat(RecentMaven.isRecent(output)).isEqualTo(recent);
  }
}
