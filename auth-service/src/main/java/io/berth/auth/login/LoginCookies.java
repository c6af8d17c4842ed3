package io.berth.auth.login;

import io.berth.auth.address.PublicUrl;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Makes the one cookie that browsers keep of a login. */
@ApplicationScoped
public class LoginCookies {

  private final PublicUrl publicUrl;

  public LoginCookies(PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** The cookie with a token, for as long as the login lives. */
  public Cookie with(String token, Duration lifetime) {
    return cookie(token, lifetime.toSeconds());
  }

  /** The cookie that makes a browser drop its own. */
  public Cookie dropped() {
    return cookie("", 0);
  }

  private Cookie cookie(String value, long maxAge) {
    return Cookie.cookie(publicUrl.loginCookieName(), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(publicUrl.isHttps())
        .setSameSite(CookieSameSite.LAX)
        .setMaxAge(maxAge);
  }
}
