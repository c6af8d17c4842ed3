package io.berth.proxy.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * auth-service's public keys. Read at start, now and then, and when a token names a key that is not
 * here, but not more often than allowed; kept while auth-service is away.
 */
// A reading that fails is told of by trouble().
@SuppressWarnings("FutureReturnValueIgnored")
public final class SigningKeys implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final URI address;
  private final LoginConfig config;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("signing-keys").factory());
  private volatile Map<String, PublicKey> keys = Map.of();
  private volatile @Nullable String trouble = "not read yet";
  private @Nullable CompletableFuture<Void> underWay;
  private long lastBegan;
  private boolean everBegan;

  /** Keys are read from this JWKS address. */
  public SigningKeys(URI address, LoginConfig config) {
    this.address = address;
    this.config = config;
  }

  /** Begins to read keys in the background. */
  public void start() {
    timer.execute(this::keepFresh);
  }

  /** Whether any key is known. */
  public boolean known() {
    return !keys.isEmpty();
  }

  /** Why the last reading failed, or null. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** The key with this id, or null. */
  public @Nullable PublicKey find(String keyId) {
    return keys.get(keyId);
  }

  /** Reads the keys unless that was done just now; completes in any case. */
  public synchronized CompletableFuture<Void> refresh() {
    CompletableFuture<Void> running = underWay;
    if (running != null) {
      return running;
    }
    long now = System.nanoTime();
    if (everBegan && now - lastBegan < config.keysAtMostEvery().toNanos()) {
      return CompletableFuture.completedFuture(null);
    }
    everBegan = true;
    lastBegan = now;
    HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).GET().build();
    CompletableFuture<Void> reading =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .handle((response, error) -> {
              take(response, error);
              return null;
            });
    underWay = reading;
    return reading.whenComplete((done, error) -> finished());
  }

  private synchronized void finished() {
    underWay = null;
  }

  private void take(@Nullable HttpResponse<String> response, @Nullable Throwable error) {
    String before = trouble;
    try {
      if (response == null || response.statusCode() != 200) {
        throw new IOException(
            response == null
                ? String.valueOf(error == null ? "no answer" : error.getMessage())
                : "status " + response.statusCode());
      }
      keys = parse(response.body());
      trouble = keys.isEmpty() ? "no usable key" : null;
      if (before != null) {
        LOG.infof("keys=%d read from %s", keys.size(), address);
      }
    } catch (IOException | JoseException | RuntimeException e) {
      trouble = String.valueOf(e.getMessage());
      if (!trouble.equals(before)) {
        LOG.warnf(
            "auth-service's keys can't be read from %s: %s; known keys stay, retrying",
            address, trouble);
      }
    }
  }

  private static Map<String, PublicKey> parse(String json) throws JoseException {
    Map<String, PublicKey> found = new HashMap<>();
    for (JsonWebKey key : new JsonWebKeySet(json).getJsonWebKeys()) {
      if (key instanceof EllipticCurveJsonWebKey curve
          && "P-256".equals(curve.getCurveName())
          && key.getKeyId() != null) {
        found.put(key.getKeyId(), curve.getECPublicKey());
      }
    }
    return Map.copyOf(found);
  }

  private void keepFresh() {
    refresh()
        .whenComplete((done, error) -> {
          Duration pause = trouble == null ? config.keysAtLeastEvery() : RETRY;
          if (!timer.isShutdown()) {
            var _ = timer.schedule(this::keepFresh, pause.toMillis(), TimeUnit.MILLISECONDS);
          }
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
    http.shutdownNow();
  }
}
