package io.berth.proxy.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.berth.common.LoginClaims;
import io.berth.proxy.measure.EdgeMetrics;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Verdicts on login tokens: at once for a token seen before, else worked out on a thread of its
 * own, since a signature costs a fraction of a millisecond that an event loop doesn't have.
 */
// Every verdict is given to its callback, the failed ones too.
@SuppressWarnings("FutureReturnValueIgnored")
public final class LoginVerdicts implements AutoCloseable {

  private static final int WAITING = 1_024;

  private final LoginTokens tokens;
  private final SigningKeys keys;
  private final Revocations revocations;
  private final EdgeMetrics metrics;
  private final Cache<String, Verdict> verdicts;
  private final ThreadPoolExecutor verifiers =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("login-verifier").factory());

  /**
   * @param issuer the public URL, which login tokens name as their issuer
   */
  public LoginVerdicts(
      SigningKeys keys,
      Revocations revocations,
      LoginConfig config,
      String issuer,
      EdgeMetrics metrics) {
    this.tokens = new LoginTokens(keys, issuer);
    this.keys = keys;
    this.revocations = revocations;
    this.metrics = metrics;
    this.verdicts =
        Caffeine.newBuilder().maximumSize(config.verdicts()).executor(Runnable::run).build();
  }

  /** Gives the verdict on a token, at once or later on {@code executor}. */
  public void check(String token, Executor executor, Consumer<Verdict> then) {
    Verdict known = verdicts.getIfPresent(token);
    if (known != null) {
      then.accept(asOfNow(known));
      return;
    }
    try {
      verifiers.execute(() -> verify(token, v -> executor.execute(() -> then.accept(v))));
    } catch (RejectedExecutionException e) {
      then.accept(counted(new Verdict.Rejected("busy")));
    }
  }

  /** Whether a verdict on this token is at hand, so that a check costs nothing. */
  public boolean knows(String token) {
    return verdicts.getIfPresent(token) != null;
  }

  /** Whether a login still stands: neither expired nor revoked. */
  public boolean stands(LoginClaims login) {
    return !revocations.has(login.loginId()) && !expired(login);
  }

  private void verify(String token, Consumer<Verdict> then) {
    switch (tokens.read(token)) {
      case LoginTokens.Reading.Known known -> then.accept(keep(token, known.verdict()));
      case LoginTokens.Reading.KeyUnknown unknown ->
          keys.refresh()
              .whenComplete((done, error) ->
                  then.accept(
                      switch (tokens.read(token)) {
                        case LoginTokens.Reading.Known known -> keep(token, known.verdict());
                        // Not kept: the key may come.
                        case LoginTokens.Reading.KeyUnknown still ->
                            counted(new Verdict.Rejected("unknown-key"));
                      }));
    }
  }

  private Verdict keep(String token, Verdict verdict) {
    verdicts.put(token, verdict);
    return counted(asOfNow(verdict));
  }

  private Verdict counted(Verdict verdict) {
    metrics.verdict(
        switch (verdict) {
          case Verdict.Accepted accepted -> "accepted";
          case Verdict.AcceptedAt accepted -> "accepted";
          case Verdict.Rejected rejected -> rejected.reason();
        });
    return verdict;
  }

  private Verdict asOfNow(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> asOfNow(accepted, accepted.claims());
      case Verdict.AcceptedAt accepted -> asOfNow(accepted, accepted.claims());
      case Verdict.Rejected rejected -> rejected;
    };
  }

  private Verdict asOfNow(Verdict verdict, LoginClaims login) {
    if (revocations.has(login.loginId())) {
      return new Verdict.Rejected("revoked");
    }
    return expired(login) ? new Verdict.Rejected("expired") : verdict;
  }

  private static boolean expired(LoginClaims login) {
    return Instant.now().isAfter(login.expiresAt().plusSeconds(LoginTokens.SKEW_SECONDS));
  }

  @Override
  public void close() {
    verifiers.shutdownNow();
  }
}
