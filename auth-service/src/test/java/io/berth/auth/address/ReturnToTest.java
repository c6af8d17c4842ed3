package io.berth.auth.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnToTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/desktop/alice-ubuntu-vscode",
        "/desktop/alice-ubuntu-vscode/?path=desktop/alice-ubuntu-vscode/websockify",
        "/desktop/a-b/?folder=%2Fhome%2Falice&x=%0a",
        "/desktop/a-b/file%20name",
        "/authx",
        "/?next=//evil.example",
      })
  void whatIsPlainlyLocalIsKept(String address) {
    assertThat(ReturnTo.checked(address).address()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "desktop/a-b",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "HTTPS:/evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nSet-Cookie: x=y",
        "\t//evil.example",
        " //evil.example",
        "/%2fevil.example",
        "/%2Fevil.example",
        "/%252fevil.example",
        "/%25252fevil.example",
        "/%5cevil.example",
        "/%255cevil.example",
        "/%09/evil.example",
        "/%0d%0aSet-Cookie:x",
        "/%00",
        "/%zz",
        "/.//evil.example",
        "/..//evil.example",
        "/%2e%2e//evil.example",
        "/./auth/login",
        "/desktop/../auth/logout",
        "/auth/login",
        "/auth/login?return_to=/auth/login",
        "/%61uth/login",
        "/auth",
        "/ｅvil",
        "/a\u0000",
      })
  void anythingElseIsTheFrontPage(String address) {
    assertThat(ReturnTo.checked(address)).isEqualTo(ReturnTo.FRONT_PAGE);
  }

  @Test
  void anOverlongAddressIsTheFrontPage() {
    String longest = "/" + "a".repeat(ReturnTo.MAX_LENGTH - 1);

    assertThat(ReturnTo.checked(longest).address()).isEqualTo(longest);
    assertThat(ReturnTo.checked(longest + "a")).isEqualTo(ReturnTo.FRONT_PAGE);
  }
}
