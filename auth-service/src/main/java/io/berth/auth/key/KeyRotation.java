package io.berth.auth.key;

import io.berth.auth.key.SigningKeyStore.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a signing key comes and when it goes: a new one is published ahead of signing, an old one
 * stays until the last token that it signed has expired.
 *
 * @param age age at which the next key takes over
 * @param publishedAhead how long a key is known before it signs
 * @param tokenLifetime how long a signed token lives, clock skew included
 */
record KeyRotation(Duration age, Duration publishedAhead, Duration tokenLifetime) {

  /** What is due at {@code now}, given the keys there are, the newest first. */
  Change due(List<SigningKey> newestFirst, Instant now) {
    if (newestFirst.isEmpty()) {
      return new Change(List.of(SigningKey.made(now)), List.of());
    }
    boolean old = newestFirst.getFirst().signsFrom().plus(age).isBefore(now.plus(publishedAhead));
    return new Change(
        old ? List.of(SigningKey.made(now.plus(publishedAhead))) : List.of(),
        replaced(newestFirst, now));
  }

  private List<SigningKey> replaced(List<SigningKey> newestFirst, Instant now) {
    Instant lastTokenSignedBefore = now.minus(tokenLifetime);
    return newestFirst.stream()
        .skip(
            newestFirst.stream()
                    .takeWhile(key -> key.signsFrom().isAfter(lastTokenSignedBefore))
                    .count()
                + 1)
        .toList();
  }
}
