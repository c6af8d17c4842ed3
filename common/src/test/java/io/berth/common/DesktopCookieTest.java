package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesktopCookieTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itsOwnNamesAreOursInAnyLetterCase(boolean https) {
    assertThat(DesktopCookie.isOurs(DesktopCookie.tokenName(https))).isTrue();
    assertThat(DesktopCookie.isOurs(DesktopCookie.entryName(https).toUpperCase(Locale.ROOT)))
        .isTrue();
  }

  @Test
  void anAppsCookieIsNot() {
    assertThat(DesktopCookie.isOurs("berth-desktops")).isFalse();
    assertThat(DesktopCookie.isOurs("__Secure-berth-desktop")).isFalse();
  }
}
