package io.berth.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.key.SigningKeyStore.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRotationTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final KeyRotation rotation =
      new KeyRotation(Duration.ofDays(90), Duration.ofMinutes(10), Duration.ofHours(10));

  @Test
  void theFirstKeySignsAtOnce() {
    Change due = rotation.due(List.of(), NOW);

    assertThat(due.added()).singleElement().extracting(SigningKey::signsFrom).isEqualTo(NOW);
  }

  @Test
  void aYoungKeyStaysAlone() {
    Change due = rotation.due(List.of(key(Duration.ofDays(89))), NOW);

    assertThat(due.added()).isEmpty();
    assertThat(due.dropped()).isEmpty();
  }

  @Test
  void theNextKeyIsPublishedBeforeItSigns() {
    Change due = rotation.due(List.of(key(Duration.ofDays(91))), NOW);

    assertThat(due.added())
        .singleElement()
        .extracting(SigningKey::signsFrom)
        .isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    assertThat(due.dropped()).isEmpty();
  }

  @Test
  void anOldKeyStaysWhileItsTokensMayLive() {
    List<SigningKey> keys = List.of(key(Duration.ofHours(9)), key(Duration.ofDays(90)));

    assertThat(rotation.due(keys, NOW).dropped()).isEmpty();
  }

  @Test
  void anOldKeyGoesWhenItsLastTokenHasExpired() {
    SigningKey old = key(Duration.ofDays(90));

    assertThat(rotation.due(List.of(key(Duration.ofHours(11)), old), NOW).dropped())
        .containsExactly(old);
  }

  private static SigningKey key(Duration age) {
    return SigningKey.made(NOW.minus(age));
  }
}
