package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyPathTest {

  @Test
  void isUsernameHyphenDesktopType() {
    ProxyPath path = ProxyPath.of(new Slug("alice"), new DesktopTypeName("ubuntu-vscode"));
    assertThat(path.address()).isEqualTo("/desktop/alice-ubuntu-vscode");
  }

  @Test
  void theLongestNamesFitADnsLabel() {
    ProxyPath path = ProxyPath.of(new Slug("a".repeat(32)), new DesktopTypeName("b".repeat(30)));
    assertThat(path.value()).hasSize(63);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "Alice-ubuntu",
        "alice-ubuntu/",
        "alic%65-x",
        "..",
        "-x",
        "x-",
        "a-b;x"
      })
  void whatIsNotCanonicalIsNoPath(String segment) {
    assertThat(ProxyPath.parse(segment)).isEmpty();
  }

  @Test
  void belongsOnlyToSlugsThatEndAtAHyphen() {
    ProxyPath path = new ProxyPath("alice-dev-vscode");
    assertThat(path.mayBelongTo(new Slug("alice"))).isTrue();
    assertThat(path.mayBelongTo(new Slug("alice-dev"))).isTrue();
    assertThat(path.mayBelongTo(new Slug("ali"))).isFalse();
    assertThat(path.mayBelongTo(new Slug("alice-dev-vscode"))).isFalse();
  }
}
