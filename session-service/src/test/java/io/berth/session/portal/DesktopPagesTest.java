package io.berth.session.portal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WithoutDatabase.class)
class DesktopPagesTest {

  private static final String TITLE = "Ubuntu Desktop";
  private static final String TYPE = "ubuntu-desktop";
  private static final String PATH = "alice-ubuntu-desktop";

  @Test
  void aStartingDesktopShowsHowFarItIs() {
    String page = DesktopPages.starting(TITLE, TYPE, PATH, 35, "Fetching the image").render();

    assertTrue(page.contains("Ubuntu Desktop is starting"), page);
    assertTrue(page.contains("value=\"35\""), page);
    assertTrue(page.contains("Fetching the image"), page);
    assertTrue(page.contains("data-path=\"alice-ubuntu-desktop\""), page);
  }

  @Test
  void withoutAPercentageTheBarClaimsNone() {
    String page = DesktopPages.starting(TITLE, TYPE, PATH, null, "Making the container").render();

    assertTrue(page.contains("<progress") && !page.contains("value="), page);
  }

  @Test
  void aStoppedDesktopCanBeStarted() {
    String page = DesktopPages.stopped(TITLE, TYPE, PATH).render();

    assertTrue(page.contains("Start Ubuntu Desktop</button>"), page);
  }

  @Test
  void aReasonIsTextAndNeverMarkup() {
    String page =
        DesktopPages.failed(TITLE, TYPE, PATH, "exit \"1\" <script src=//evil></script>").render();

    assertTrue(page.contains("&lt;script"), page);
    assertFalse(page.contains("<script src=//evil"), page);
  }

  @Test
  void noPageHasAnInlineScriptOrStyleWhichThePolicyWouldRefuse() {
    String page =
        DesktopPages.starting(TITLE, TYPE, PATH, 1, "").render()
            + DesktopPages.stopped(TITLE, TYPE, PATH).render()
            + DesktopPages.failed(TITLE, TYPE, PATH, "").render()
            + DesktopPages.unknown().render();

    assertFalse(page.contains("<style"), page);
    assertFalse(page.contains(" style="), page);
    assertFalse(page.matches("(?s).*<script(?![^>]* src=).*"), page);
  }

  @Test
  void anUnknownAddressNamesNobody() {
    assertFalse(DesktopPages.unknown().render().contains("alice"));
  }
}
