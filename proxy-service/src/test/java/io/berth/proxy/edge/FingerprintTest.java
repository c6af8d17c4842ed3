package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.feed.Fingerprint;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {

  static List<List<String>> sets() {
    return List.of(List.of(), List.of("1"), List.of("9", "10", "1"), List.of("b", "B", "ä", "a-b"));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void postgresqlAndWeAgree(List<String> words) {
    String rows =
        words.isEmpty()
            ? "SELECT ''::text AS word WHERE false"
            : "VALUES ('" + String.join("'), ('", words) + "')";
    Object theirs =
        TestDatabase.shared()
            .as(
                "berth_proxy",
                "SELECT %s FROM (%s) AS t(word)".formatted(Fingerprint.sql("word"), rows))
            .iterator()
            .next()
            .getValue(0);

    assertThat(Fingerprint.of(words.stream())).isEqualTo(theirs);
  }
}
