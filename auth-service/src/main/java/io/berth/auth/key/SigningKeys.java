package io.berth.auth.key;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The signing keys as this service knows them; looked up again every minute, since another replica
 * may have rotated.
 */
@ApplicationScoped
public class SigningKeys {

  private static final Logger LOG = Logger.getLogger(SigningKeys.class);

  /** Verifiers allow for a minute of skew; five are on the safe side. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final SigningKeyStore store;
  private final KeyRotation rotation;
  private final Clock clock = Clock.systemUTC();
  private volatile List<SigningKey> newestFirst = List.of();

  SigningKeys(SigningKeyStore store, KeyConfig config, TokenConfig tokens) {
    this.store = store;
    this.rotation =
        new KeyRotation(
            config.keyRotationAge(), config.keyPublishedAhead(), tokens.loginLifetime().plus(SKEW));
  }

  /** Whether there is a key to sign with. */
  public boolean areReady() {
    return !newestFirst.isEmpty();
  }

  /**
   * Loads the keys, makes the first or the next one if it is due, and drops those that no living
   * token needs.
   *
   * @throws SealBroken if the keys in the database were made under another secret
   */
  public void refresh() {
    Instant now = clock.instant();
    List<SigningKey> known = store.all();
    SigningKeyStore.Change due = rotation.due(known, now);
    if (!due.added().isEmpty() || !due.dropped().isEmpty()) {
      known = store.change(keys -> rotation.due(keys, now));
      LOG.infof("signing keys: %d published, %s signs", known.size(), signing(known, now).kid());
    }
    newestFirst = List.copyOf(known);
  }

  /** All keys that living or coming tokens are signed with. */
  List<SigningKey> published() {
    return newestFirst;
  }

  /** The key that signs now. */
  SigningKey signing() {
    return signing(newestFirst, clock.instant());
  }

  private static SigningKey signing(List<SigningKey> newestFirst, Instant now) {
    if (newestFirst.isEmpty()) {
      throw new NoSigningKey();
    }
    return newestFirst.stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .findFirst()
        .orElse(newestFirst.getLast());
  }
}
