package io.berth.proxy.limit;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one address or one person has of the edge right now. Whatever is begun is counted first and
 * asked about then, and must be ended, refused or not.
 *
 * <p>The three counts live in one number, so that counting is one instruction, and so that nobody
 * can be forgotten between being found and being counted.
 */
public final class Share {

  /** Bits of each count. */
  private static final int BITS = 20;

  /** More than any count ever is. */
  static final int MOST = (1 << BITS) - 1;

  static final long EXCHANGE = 1L;
  static final long TUNNEL = 1L << BITS;
  static final long CONNECTION = 1L << (2 * BITS);

  /** Forgotten: counted in no more. */
  private static final long RETIRED = Long.MIN_VALUE;

  private static final AtomicLongFieldUpdater<Share> HELD =
      AtomicLongFieldUpdater.newUpdater(Share.class, "held");

  private final Allowance allowance;
  private final Consumer<Limit> met;
  private final TokenBucket requests;
  private final TokenBucket newTunnels;
  private final TokenBucket withoutLogin;
  private volatile long held;

  /**
   * @param met hears of each limit that was met
   */
  Share(Allowance allowance, Consumer<Limit> met, long now) {
    this.allowance = allowance;
    this.met = met;
    this.requests = new TokenBucket(allowance.requests(), now);
    this.newTunnels = new TokenBucket(allowance.newTunnels(), now);
    this.withoutLogin = new TokenBucket(allowance.withoutLogin(), now);
  }

  /** Counts one more, unless this share is forgotten. */
  boolean begin(long what) {
    if (HELD.getAndAdd(this, what) >= 0) {
      return true;
    }
    HELD.getAndAdd(this, -what);
    return false;
  }

  void end(long what) {
    HELD.getAndAdd(this, -what);
  }

  private int count(long what) {
    return (int) (held / what) & MOST;
  }

  /** Makes it forgotten, unless something is held. */
  boolean retire() {
    return HELD.compareAndSet(this, 0, RETIRED);
  }

  boolean holdsNothing() {
    return held == 0;
  }

  /** Whether forgetting it would forgive nothing. */
  boolean rested(long now) {
    return held == 0 && requests.full(now) && newTunnels.full(now) && withoutLogin.full(now);
  }

  /** Counts one more request; only for who holds something of this share. */
  public Share beginExchange() {
    HELD.getAndAdd(this, EXCHANGE);
    return this;
  }

  /** The request is over. */
  public void endExchange() {
    end(EXCHANGE);
  }

  /** Whether the request that was just counted is too much. */
  public @Nullable Refusal refuseExchange(long now) {
    if (count(EXCHANGE) > allowance.exchanges()) {
      return refused(allowance.names().exchanges(), Refusal.WHEN_HELD);
    }
    long wait = requests.take(now);
    return wait == 0 ? null : refusedFor(allowance.names().requests(), wait);
  }

  /** Whether a WebSocket that was just counted is too much. */
  @Nullable Refusal refuseTunnel(long now) {
    if (count(TUNNEL) > allowance.tunnels()) {
      return refused(allowance.names().tunnels(), Refusal.WHEN_HELD);
    }
    long wait = newTunnels.take(now);
    return wait == 0 ? null : refusedFor(allowance.names().newTunnels(), wait);
  }

  /** Whether a connection that was just counted is too much. */
  @Nullable Refusal refuseConnection() {
    return count(CONNECTION) > allowance.connections()
        ? refused(Limit.ADDRESS_CONNECTIONS, Refusal.WHEN_HELD)
        : null;
  }

  /** Whether one more request without a good login would be looked at. */
  public boolean mayTry(long now) {
    return withoutLogin.ask(now) == 0;
  }

  /** Whether so many requests came without a good login that no further one is looked at. */
  public @Nullable Refusal refuseWithoutLogin(long now) {
    long wait = withoutLogin.ask(now);
    return wait == 0 ? null : refusedFor(Limit.ADDRESS_WITHOUT_LOGIN, wait);
  }

  /** A request came without a good login. */
  public void cameWithoutLogin(long now) {
    withoutLogin.take(now);
  }

  private Refusal refusedFor(Limit limit, long wait) {
    met.accept(limit);
    return Refusal.until(limit, wait);
  }

  private Refusal refused(Limit limit, long seconds) {
    met.accept(limit);
    return new Refusal(limit, seconds);
  }
}
