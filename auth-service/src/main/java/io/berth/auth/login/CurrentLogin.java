package io.berth.auth.login;

import io.berth.auth.address.PublicUrl;
import io.berth.auth.key.LoginTokens;
import io.berth.common.LoginClaims;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Whose login a request carries, by all copies of the cookie: a page may have planted one. */
@ApplicationScoped
public class CurrentLogin {

  private final LoginTokens tokens;
  private final PublicUrl publicUrl;

  public CurrentLogin(LoginTokens tokens, PublicUrl publicUrl) {
    this.tokens = tokens;
    this.publicUrl = publicUrl;
  }

  /** Every living login that the request carries, ended or not. */
  public List<LoginClaims> all(RoutingContext context) {
    return SentCookies.named(publicUrl.loginCookieName(), context.request()).stream()
        .map(tokens::verified)
        .flatMap(Optional::stream)
        .toList();
  }

  /** The one person's login, or none: two people's logins can't both be meant. */
  public Optional<LoginClaims> of(RoutingContext context) {
    List<LoginClaims> all = all(context);
    boolean onePerson = all.stream().map(LoginClaims::subject).distinct().count() == 1;
    return onePerson ? Optional.of(all.getLast()) : Optional.empty();
  }
}
