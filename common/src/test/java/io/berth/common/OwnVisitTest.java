package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnVisitTest {

  @ParameterizedTest
  @ValueSource(strings = {"none", "same-origin"})
  void aBookmarkAndALinkOfBerthAreAPersonsOwn(String fetchSite) {
    assertThat(OwnVisit.is(fetchSite, null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "", "None"})
  void whatAnotherSiteSetsOffIsNotEvenWithTheCookie(String fetchSite) {
    assertThat(OwnVisit.is(fetchSite, "1")).isFalse();
  }

  @Test
  void whereBrowsersDoNotSayTheCookieTells() {
    assertThat(OwnVisit.is(null, "1")).isTrue();
    assertThat(OwnVisit.is(null, null)).isFalse();
  }
}
