package io.berth.auth.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

  @ParameterizedTest
  @CsvSource({
    "/desktop/alice-x, /",
    "/desktop/alice-x/, /",
    "/desktop/alice-x?a=b, /?a=b",
    "/desktop/alice-x/files/a%20b?c=%2Fd, /files/a%20b?c=%2Fd",
    "/desktop/alice-x/auth/login, /auth/login",
    "/desktop/alice-x//evil.example, /",
  })
  void isThePlaceOnTheDesktopsOwnHost(String address, String inside) {
    Destination destination = Destination.at(address).orElseThrow();

    assertThat(destination.desktop()).hasToString("alice-x");
    assertThat(destination.inside()).isEqualTo(inside);
    assertThat(destination.portalAddress()).isEqualTo("/desktop/alice-x" + inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/desktop/",
        "/desktop/alice",
        "/desktop/Alice-x/",
        "/desktop/alice-x.evil.example/",
        "/desktop/alice-x@evil.example/",
        "/desktop/alice-x:80/",
        "/desktop/alice-x\\evil",
        "/desktop/alice-x/../bob-x/",
        "/desktop/alice-x/%2e%2e/bob-x/",
        "/desktop/alice-x/\r\nSet-Cookie: a=b",
        "//evil.example/desktop/alice-x/",
        "https://evil.example/desktop/alice-x/",
      })
  void anythingElseIsNoPlace(String address) {
    assertThat(Destination.at(address)).isEmpty();
  }
}
