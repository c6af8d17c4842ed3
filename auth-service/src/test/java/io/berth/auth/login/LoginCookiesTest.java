package io.berth.auth.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.address.PublicUrl;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginCookiesTest {

  @Test
  void overHttpsTheCookieIsBoundToTheHost() {
    LoginCookies cookies = new LoginCookies(new PublicUrl(() -> "https://berth.example.com"));

    assertThat(cookies.with("token", Duration.ofHours(10)).encode())
        .startsWith("__Host-berth=token;")
        .contains("; Path=/", "; Secure", "; SameSite=Lax", "; Max-Age=36000")
        .containsIgnoringCase("; HttpOnly")
        .doesNotContain("Domain");
    assertThat(cookies.dropped().encode()).contains("__Host-berth=;", "Max-Age=0", "; Secure");
  }

  @Test
  void overHttpTheCookieIsNotSecureSinceBrowsersWouldDropIt() {
    LoginCookies cookies = new LoginCookies(new PublicUrl(() -> "http://localhost:5006"));

    assertThat(cookies.with("token", Duration.ofHours(10)).encode())
        .startsWith("berth=token;")
        .doesNotContain("Secure");
  }
}
