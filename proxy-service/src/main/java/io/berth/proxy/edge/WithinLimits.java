package io.berth.proxy.edge;

import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Page;
import io.berth.proxy.limit.Limits;
import io.berth.proxy.limit.Refusal;
import io.berth.proxy.limit.Share;
import org.jspecify.annotations.Nullable;

/** Lets a request go on, or answers 429 and says when to come again. */
final class WithinLimits {

  private final Limits limits;

  WithinLimits(Limits limits) {
    this.limits = limits;
  }

  /** Whether its address may ask; asked of every request, once. */
  boolean ofAddress(Exchange exchange) {
    return passes(exchange, exchange.address().refuseExchange(exchange.startedAt()));
  }

  /** Whether the person may ask, now that it is known who it is. */
  boolean ofPerson(Exchange exchange, Login login) {
    Share person = limits.beginExchange(login.claims().subject());
    exchange.countedIn(person);
    exchange.askedBy(login.slug());
    return passes(exchange, person.refuseExchange(exchange.startedAt()));
  }

  /** Whether its address may still try without a login that is known. */
  boolean withoutLogin(Exchange exchange) {
    return passes(exchange, exchange.address().refuseWithoutLogin(exchange.startedAt()));
  }

  /** The same, and this was such a try. */
  boolean signingIn(Exchange exchange) {
    boolean passes = withoutLogin(exchange);
    if (passes) {
      exchange.address().cameWithoutLogin(exchange.startedAt());
    }
    return passes;
  }

  private static boolean passes(Exchange exchange, @Nullable Refusal refusal) {
    if (refusal != null) {
      exchange.failedBy(refusal.limit().word());
      exchange.respond(refusal.problem(), Page.headers().set("Retry-After", refusal.retryAfter()));
    }
    return refusal == null;
  }
}
