package io.berth.session.portal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutDatabase.class)
class DesktopPagesTest {

  @Test
  void aStartingDesktopShowsHowFarItIs() {
    String page = busy(35, "Fetching the image");

    assertTrue(page.contains(">The heading</h1>"), page);
    assertTrue(page.contains("value=\"35\""), page);
    assertTrue(page.contains("Fetching the image"), page);
    assertTrue(page.contains("data-path=\"alice-ubuntu-desktop\""), page);
  }

  @Test
  void withoutAPercentageTheBarClaimsNone() {
    String page = busy(null, "Making the container");

    assertTrue(page.contains("<progress") && !page.contains("max=\"100\" value="), page);
  }

  @Test
  void withoutScriptsAMovingPageLooksAgainAndARestingOneDoesNot() {
    assertTrue(busy(1, "").contains("<noscript><meta http-equiv=\"refresh\" content=\"3\">"));
    assertFalse(free(true).contains("http-equiv=\"refresh\""));
    assertFalse(failed("").contains("http-equiv=\"refresh\""));
  }

  @Test
  void aStoppedDesktopIsStartedByAFormThatNeedsNoScript() {
    String page = free(false);

    assertTrue(page.contains("method=\"post\" action=\"/portal/start\""), page);
    assertTrue(page.contains("name=\"desktopType\" value=\"ubuntu-desktop\""), page);
    assertTrue(page.contains("data-testid=\"launch\">Start Ubuntu Desktop</button>"), page);
  }

  @Test
  void onlyAPageThatMayStartsItsDesktopByItself() {
    assertTrue(free(true).contains(" data-starts"));
    assertFalse(free(false).contains(" data-starts"));
  }

  @Test
  void aReasonIsTextAndNeverMarkup() {
    String page = failed("exit \"1\" <script src=//evil></script>");

    assertTrue(page.contains("&lt;script"), page);
    assertFalse(page.contains("<script src=//evil"), page);
    assertTrue(page.contains(">Try again</button>"), page);
  }

  @Test
  void noPageHasAnInlineScriptOrStyleWhichThePolicyWouldRefuse() {
    String page = busy(1, "") + free(true) + failed("") + DesktopPages.unknown().render();

    assertFalse(page.contains("<style"), page);
    assertFalse(page.contains(" style="), page);
    assertFalse(page.matches("(?s).*<script(?![^>]* src=).*"), page);
  }

  @Test
  void anUnknownAddressNamesNobody() {
    assertFalse(DesktopPages.unknown().render().contains("alice"));
  }

  private static String busy(@Nullable Integer percent, String message) {
    return page("busy", message, percent, "", false);
  }

  private static String free(boolean startsByItself) {
    return page("free", "", null, "", startsByItself);
  }

  private static String failed(String reason) {
    return page("failed", "", null, reason, false);
  }

  private static String page(
      String phase,
      String message,
      @Nullable Integer percent,
      String reason,
      boolean startsByItself) {
    return DesktopPages.absent(
            new DesktopPages.View(
                "Ubuntu Desktop",
                "ubuntu-desktop",
                "alice-ubuntu-desktop",
                phase,
                "The heading",
                message,
                percent,
                reason,
                "The note.",
                startsByItself))
        .render();
  }
}
