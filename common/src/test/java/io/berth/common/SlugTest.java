package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {

  @ParameterizedTest
  @CsvSource({
    "alice, alice",
    "Alice, alice",
    "ａｌｉｃｅ, alice",
    "Zoë Müller, zoe-muller",
    "alice@example.com, alice-example-com",
    "--a--, a",
    "日本, user",
    "a234567890123456789012345678901-3, a234567890123456789012345678901"
  })
  void aUserNameFoldsToOneCanonicalSlug(String userName, String slug) {
    assertThat(Slug.fromUserName(userName).value()).isEqualTo(slug);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Alice", "-a", "a-", "a.b", "a/b", "alic%65", "ａlice"})
  void whatIsNotCanonicalIsNoSlug(String text) {
    assertThatThrownBy(() -> new Slug(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAlternativeStaysWithinTheLongestSlug() {
    Slug longest = new Slug("a".repeat(Slug.MAX_LENGTH));
    assertThat(longest.alternative(12).value()).hasSize(Slug.MAX_LENGTH).endsWith("a-12");
  }
}
