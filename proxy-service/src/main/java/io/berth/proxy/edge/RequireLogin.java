package io.berth.proxy.edge;

import io.berth.common.Problem;
import io.berth.proxy.http.Cookies;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Page;
import io.berth.proxy.http.Site;
import io.berth.proxy.login.LoginVerdicts;
import io.berth.proxy.login.Verdict;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request go on with its login, or sends the browser to sign in, or answers 401.
 *
 * <p>All copies of the cookie are looked at. A copy that is no login counts for nothing. Two logins
 * of different people can't both be meant: a page on this origin may have planted one, so neither
 * is taken and the browser is told to forget its cookies, which ends what would be a loop.
 */
final class RequireLogin {

  private final LoginVerdicts verdicts;
  private final Site site;

  RequireLogin(LoginVerdicts verdicts, Site site) {
    this.verdicts = verdicts;
    this.site = site;
  }

  /** Whether the request carries any login cookie at all. */
  boolean hasCookie(Exchange exchange) {
    return !Cookies.named(site.cookie(), exchange.request().headers()).isEmpty();
  }

  void of(Exchange exchange, Consumer<Login> then) {
    List<String> tokens = Cookies.named(site.cookie(), exchange.request().headers());
    new Check(exchange, tokens, then).next(0, null);
  }

  private final class Check {

    private final Exchange exchange;
    private final List<String> tokens;
    private final Consumer<Login> then;

    Check(Exchange exchange, List<String> tokens, Consumer<Login> then) {
      this.exchange = exchange;
      this.tokens = tokens;
      this.then = then;
    }

    void next(int index, @Nullable Login found) {
      if (exchange.finished()) {
        return;
      }
      if (index == tokens.size()) {
        if (found == null) {
          refuse(exchange, Page.headers());
        } else {
          then.accept(found);
        }
        return;
      }
      String token = tokens.get(index);
      verdicts.check(
          token, exchange.channel().eventLoop(), verdict -> took(index, found, token, verdict));
    }

    private void took(int index, @Nullable Login found, String token, Verdict verdict) {
      switch (verdict) {
        case Verdict.Rejected rejected -> next(index + 1, found);
        case Verdict.Accepted accepted -> {
          Login login = new Login(accepted.claims(), token);
          if (found != null && !found.owns(login.claims().subject())) {
            exchange.failedBy("two-logins");
            refuse(exchange, Page.headers().set("Clear-Site-Data", "\"cookies\""));
          } else {
            next(index + 1, login);
          }
        }
      }
    }
  }

  private void refuse(Exchange exchange, HttpHeaders headers) {
    if (exchange.finished()) {
      return;
    }
    if (exchange.isNavigation()) {
      // The cookie belongs to the public address: who came by another name is sent there first.
      String wanted = exchange.target().full();
      String location =
          site.isAt(exchange.client().host())
              ? "/auth/login?return_to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8)
              : site.origin() + wanted;
      exchange.redirect(location, headers);
      return;
    }
    headers.set("WWW-Authenticate", "Bearer");
    exchange.respond(
        Problem.of(
            "not-signed-in",
            "Not signed in",
            401,
            "There is no login, or it has ended.",
            "Sign in at " + site.origin() + "/ and try again."),
        headers);
  }
}
