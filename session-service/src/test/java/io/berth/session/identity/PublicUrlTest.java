package io.berth.session.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.common.ProxyPath;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicUrlTest {

  private static final ProxyPath DESKTOP = new ProxyPath("alice-ubuntu");

  private record Addresses(String publicUrl, Optional<String> desktopDomain)
      implements PublicUrlConfig {}

  private static PublicUrl url(String portal, String... domain) {
    return new PublicUrl(new Addresses(portal, Optional.of(String.join("", domain))));
  }

  @Test
  void withoutADomainDesktopsAreBelowThePortal() {
    PublicUrl url = url("http://localhost:5006/");

    assertThat(url.desktopsAreIsolated()).isFalse();
    assertThat(url.of(DESKTOP)).isEqualTo("http://localhost:5006/desktop/alice-ubuntu");
    assertThat(url.desktopPattern()).isEqualTo("http://localhost:5006/desktop/{path}");
  }

  @Test
  void withADomainEachHasItsOwnOrigin() {
    PublicUrl url = url("http://localhost:5006", "desktops.localhost");

    assertThat(url.desktopsAreIsolated()).isTrue();
    assertThat(url.of(DESKTOP)).isEqualTo("http://alice-ubuntu.desktops.localhost:5006/");
    assertThat(url.desktopPattern()).isEqualTo("http://{path}.desktops.localhost:5006/");
  }

  @Test
  void aDomainThatCoversThePortalIsRefused() {
    assertThatThrownBy(() -> url("http://berth.example.com", "example.com"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
