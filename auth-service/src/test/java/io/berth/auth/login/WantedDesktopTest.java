package io.berth.auth.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.testing.Browser;
import io.berth.auth.testing.RealServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class WantedDesktopTest {

  private static final String LOGIN = "/auth/login?return_to=";
  private static final String DESKTOP = "/desktop/alice-ubuntu-desktop/inside%3Fa=b";

  private final Browser browser = new Browser();

  @ParameterizedTest
  @ValueSource(strings = {"none", "same-origin"})
  void aPersonsOwnVisitIsRememberedForAWhile(String fetchSite) {
    HttpResponse<String> start = browser.get(LOGIN + DESKTOP, "Sec-Fetch-Site", fetchSite);

    assertThat(wanted(start))
        .singleElement()
        .asString()
        .startsWith("berth-wanted=alice-ubuntu-desktop;")
        .contains("Max-Age=600", "SameSite=Lax", "Path=/")
        .containsIgnoringCase("HttpOnly");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void whatAnotherSiteWantsIsNot(String fetchSite) {
    HttpResponse<String> start = browser.get(LOGIN + DESKTOP, "Sec-Fetch-Site", fetchSite);

    assertThat(start.statusCode()).isEqualTo(302);
    assertThat(wanted(start)).isEmpty();
  }

  @Test
  void whereBrowsersDoNotSayItTheStrictCookieTells() {
    assertThat(wanted(browser.get(LOGIN + DESKTOP))).isEmpty();

    browser.cookies().put("berth-own-visit", "1");

    assertThat(wanted(browser.get(LOGIN + DESKTOP))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"/", "/desktop/", "/desktop/Alice-X", "/desktops/alice-x", "//evil/desktop/alice-x"})
  void onlyADesktopsAddressIsOne(String returnTo) {
    assertThat(wanted(browser.get(LOGIN + returnTo, "Sec-Fetch-Site", "none"))).isEmpty();
  }

  private static List<String> wanted(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("berth-wanted="))
        .toList();
  }
}
