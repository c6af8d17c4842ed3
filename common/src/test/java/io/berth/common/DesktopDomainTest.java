package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopDomainTest {

  private static final ProxyPath DESKTOP = new ProxyPath("alice-ubuntu-vscode");
  private final DesktopDomain domain = domain("http://localhost:5006", "desktops.localhost");

  private static DesktopDomain domain(String portal, String name) {
    return DesktopDomain.of(portal, Optional.of(name)).orElseThrow();
  }

  @Test
  void givesEachDesktopAnOriginOnThePortalsSchemeAndPort() {
    assertThat(domain.originOf(DESKTOP))
        .isEqualTo("http://alice-ubuntu-vscode.desktops.localhost:5006");
    assertThat(domain("https://berth.example.com", "Desktops.Example.COM").originOf(DESKTOP))
        .isEqualTo("https://alice-ubuntu-vscode.desktops.example.com");
    assertThat(domain.pattern()).isEqualTo("http://{path}.desktops.localhost:5006/");
  }

  @Test
  void readsItsOwnHostsBack() {
    assertThat(domain.desktopAt(domain.hostOf(DESKTOP))).contains(DESKTOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "desktops.localhost:5006",
        ".desktops.localhost:5006",
        "alice.desktops.localhost:5006",
        "Alice-x.desktops.localhost:5006",
        "alice-x.Desktops.localhost:5006",
        "alice-x.desktops.localhost",
        "alice-x.desktops.localhost:80",
        "alice-x.desktops.localhost.:5006",
        "alice-x.desktops.localhost:5006.",
        "a.alice-x.desktops.localhost:5006",
        "alice-x..desktops.localhost:5006",
        "alice_x.desktops.localhost:5006",
      })
  void anyOtherSpellingBelowTheDomainIsNoDesktopAndNotThePortalEither(String host) {
    assertThat(domain.desktopAt(host)).isEmpty();
    assertThat(domain.covers(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:5006",
        "127.0.0.1:5006",
        "[::1]:5006",
        "alice-x.evildesktops.localhost:5006",
        "alice-x.desktops.localhost.evil.example:5006",
      })
  void othersHostsAreNoneOfItsBusiness(String host) {
    assertThat(domain.desktopAt(host)).isEmpty();
    assertThat(domain.covers(host)).isFalse();
  }

  @Test
  void emptyIsPathMode() {
    assertThat(DesktopDomain.of("http://localhost:5006", Optional.empty())).isEmpty();
    assertThat(DesktopDomain.of("http://localhost:5006", Optional.of(" "))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:5006, localhost",
    "http://berth.example.com, example.com",
    "http://berth.example.com, berth.example.com",
    "http://a-b.desktops.example.com, desktops.example.com",
  })
  void aDomainThatCoversThePortalIsRefused(String portal, String name) {
    assertThatThrownBy(() -> domain(portal, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("covers the portal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://desktops.example.com",
        "desktops.example.com:5006",
        "*.example.com",
        ".example.com",
        "example.com.",
        "a..b",
        "-a.example",
        "127.0.0.1",
        "dësktops.example",
      })
  void whatIsNoDomainIsRefused(String name) {
    assertThatThrownBy(() -> domain("http://localhost:5006", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(DesktopDomain.KEY);
  }
}
