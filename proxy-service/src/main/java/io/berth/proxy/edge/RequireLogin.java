package io.berth.proxy.edge;

import io.berth.common.LoginClaims;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Page;
import io.berth.proxy.http.ReadCookies;
import io.berth.proxy.login.LoginVerdicts;
import io.berth.proxy.login.Verdict;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through a door with its login, or has the door turn it away. Whoever asks for too
 * much, or tries too often without a good login, gets neither.
 *
 * <p>All copies of the cookie are looked at. A copy that is no login counts for nothing. Two logins
 * of different people can't both be meant: a page on this origin may have planted one, so neither
 * is taken and the browser is told to forget its cookies, which ends what would be a loop.
 */
final class RequireLogin {

  private final LoginVerdicts verdicts;
  private final WithinLimits withinLimits;

  RequireLogin(LoginVerdicts verdicts, WithinLimits withinLimits) {
    this.verdicts = verdicts;
    this.withinLimits = withinLimits;
  }

  void of(Exchange exchange, Door door, Consumer<Login> then) {
    List<String> tokens =
        ReadCookies.of(exchange.channel(), exchange.request().headers()).named(door.cookie());
    new Check(exchange, door, tokens, then).next(0, null);
  }

  private final class Check {

    private final Exchange exchange;
    private final Door door;
    private final List<String> tokens;
    private final Consumer<Login> then;

    Check(Exchange exchange, Door door, List<String> tokens, Consumer<Login> then) {
      this.exchange = exchange;
      this.door = door;
      this.tokens = tokens;
      this.then = then;
    }

    void next(int index, @Nullable Login found) {
      if (exchange.finished()) {
        return;
      }
      if (index == tokens.size()) {
        if (found == null) {
          turnAway(Page.headers());
        } else if (withinLimits.ofPerson(exchange, found)) {
          then.accept(found);
        }
        return;
      }
      String token = tokens.get(index);
      // A signature is dear: who guessed too often waits, who was signed in before does not.
      if (!exchange.address().mayTry(exchange.startedAt()) && !verdicts.knows(token)) {
        withinLimits.withoutLogin(exchange);
        return;
      }
      verdicts.check(
          token, exchange.channel().eventLoop(), verdict -> took(index, found, token, verdict));
    }

    private void took(int index, @Nullable Login found, String token, Verdict verdict) {
      LoginClaims claims = door.entitled(verdict);
      if (claims == null) {
        next(index + 1, found);
        return;
      }
      Login login = new Login(claims, token);
      if (found != null && !found.owns(claims.subject())) {
        exchange.failedBy("two-logins");
        turnAway(Page.headers().set("Clear-Site-Data", "\"cookies\""));
      } else {
        next(index + 1, login);
      }
    }

    private void turnAway(HttpHeaders headers) {
      if (!exchange.finished() && withinLimits.signingIn(exchange)) {
        door.turnAway(exchange, headers);
      }
    }
  }
}
