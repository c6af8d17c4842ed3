package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryProofTest {

  @Test
  void isTheCookiesSha256() {
    assertThat(EntryProof.of("abc").value())
        .isEqualTo("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    assertThat(EntryProof.parse(EntryProof.of("abc").value())).contains(EntryProof.of("abc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=", "a b"})
  void anythingElseIsNone(String text) {
    assertThat(EntryProof.parse(text)).isEmpty();
  }
}
