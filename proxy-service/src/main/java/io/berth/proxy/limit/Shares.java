package io.berth.proxy.limit;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The shares of everybody who was here lately. Who holds something is never forgotten; the rest is
 * bounded: a newcomer looks at a few old ones in turn and forgets those that are at rest, or one
 * that is not if there is no more room. So no flood of addresses costs more than its own requests.
 */
final class Shares<K> {

  /** How many old ones a newcomer looks at: more than one, so that the rested ones go. */
  private static final int LOOKED_AT = 2;

  /** How many when there is no more room. */
  private static final int LOOKED_AT_WHEN_FULL = 16;

  private final Map<K, Share> known = new ConcurrentHashMap<>();
  private final ReentrantLock forgetting = new ReentrantLock();
  private final Supplier<Share> anew;
  private final int remembered;
  private Iterator<Map.Entry<K, Share>> hand = known.entrySet().iterator();

  Shares(int remembered, Supplier<Share> anew) {
    this.remembered = Math.max(remembered, 1);
    this.anew = anew;
  }

  int size() {
    return known.size();
  }

  /** Somebody's share, with one more of {@code what} counted in it. */
  Share begin(K who, long what) {
    Share share = known.get(who);
    if (share != null && share.begin(what)) {
      return share;
    }
    Share fresh =
        known.compute(
            who,
            (key, there) -> {
              if (there != null && there.begin(what)) {
                return there;
              }
              Share made = anew.get();
              made.begin(what);
              return made;
            });
    forgetSome(System.nanoTime());
    return fresh;
  }

  /** One thread at a time; whoever comes meanwhile leaves it to that one and to the next. */
  private void forgetSome(long now) {
    if (!forgetting.tryLock()) {
      return;
    }
    try {
      boolean full = known.size() > remembered;
      @Nullable K spare = null;
      for (int i = full ? LOOKED_AT_WHEN_FULL : LOOKED_AT; i > 0; i--) {
        Map.Entry<K, Share> next = next();
        if (next == null) {
          return;
        }
        if (next.getValue().rested(now)) {
          forget(next.getKey());
        } else if (next.getValue().holdsNothing()) {
          spare = next.getKey();
        }
      }
      if (spare != null && known.size() > remembered) {
        forget(spare);
      }
    } finally {
      forgetting.unlock();
    }
  }

  private Map.@Nullable Entry<K, Share> next() {
    if (!hand.hasNext()) {
      hand = known.entrySet().iterator();
    }
    return hand.hasNext() ? hand.next() : null;
  }

  private void forget(K who) {
    known.computeIfPresent(who, (key, share) -> share.retire() ? null : share);
  }
}
