package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Suite.class)
class ThreePeopleIT {

  @Test
  void workAtTheSameTimeInOneDesktopOfEachType(RunningBerth berth, Browser browser) {
    try (Person alice = Person.signedIn(berth, browser, "alice");
        Person bob = Person.signedIn(berth, browser, "bob");
        Person charlie = Person.signedIn(berth, browser, "charlie")) {
      alice.launch("ubuntu-vscode");
      bob.launch("ubuntu-desktop");
      charlie.launch("ubuntu-chromium");

      alice.open("ubuntu-vscode");
      bob.open("ubuntu-desktop");
      charlie.open("ubuntu-chromium");

      alice.sees(alice.page().locator(".monaco-workbench .activitybar"));
      Eventually.that(
          "VS Code is painted",
          Duration.ofSeconds(60),
          () -> Pixels.colours(alice.screenshot("vscode")) > 200);
      DesktopInTheBrowserIT.seesADesktop(bob, "three-people-desktop");
      DesktopInTheBrowserIT.seesADesktop(charlie, "chromium");
      assertThat(alice.sessionId("ubuntu-vscode"))
          .isNotEqualTo(charlie.sessionId("ubuntu-chromium"));
      alice.stop("ubuntu-vscode");
      bob.stop("ubuntu-desktop");
      charlie.stop("ubuntu-chromium");
    }
  }
}
