package io.berth.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);

  private final Seal seal = new Seal(new FixedKeyConfig("s".repeat(32)));

  @Test
  void opensWhatItClosed() {
    assertThat(seal.open(seal.close(PLAIN, "row 1"), "row 1")).isEqualTo(PLAIN);
  }

  @Test
  void showsNothingOfWhatItClosed() {
    byte[] sealed = seal.close(PLAIN, "row 1");

    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    assertThat(seal.close(PLAIN, "row 1")).isNotEqualTo(sealed);
  }

  @Test
  void opensNothingUnderAnotherSecret() {
    Seal other = new Seal(new FixedKeyConfig("t".repeat(32)));

    assertThatThrownBy(() -> other.open(seal.close(PLAIN, "row 1"), "row 1"))
        .isInstanceOf(SealBroken.class)
        .hasMessageContaining("row 1");
  }

  @Test
  void opensNothingOfAnotherRow() {
    assertThatThrownBy(() -> seal.open(seal.close(PLAIN, "row 1"), "row 2"))
        .isInstanceOf(SealBroken.class);
  }

  @Test
  void opensNothingThatWasChanged() {
    byte[] sealed = seal.close(PLAIN, "row 1");
    sealed[sealed.length - 1] ^= 1;

    assertThatThrownBy(() -> seal.open(sealed, "row 1")).isInstanceOf(SealBroken.class);
    assertThatThrownBy(() -> seal.open(new byte[3], "row 1")).isInstanceOf(SealBroken.class);
  }

  @Test
  void theStateCookiesSecretIsTheSameOnEveryReplica() {
    assertThat(new Seal(new FixedKeyConfig("s".repeat(32))).stateCookieSecret())
        .isEqualTo(seal.stateCookieSecret())
        .hasSizeGreaterThanOrEqualTo(32);
  }
}
