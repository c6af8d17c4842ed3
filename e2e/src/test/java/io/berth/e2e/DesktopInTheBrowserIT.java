package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Suite.class)
class DesktopInTheBrowserIT {

  @Test
  void aliceLaunchesTypesReloadsAndStopsHerDesktop(RunningBerth berth, Browser browser) {
    try (Person alice = Person.signedIn(berth, browser, "alice")) {
      alice.screenshot("portal");

      alice.launch("ubuntu-desktop");
      alice.screenshot("portal-running");
      String session = alice.sessionId("ubuntu-desktop");
      alice.open("ubuntu-desktop");
      seesADesktop(alice, "desktop");
      assertThat(alice.page().url()).startsWith(berth.url() + "/desktop/alice-ubuntu-desktop/");

      typeIntoTheTerminal(alice, "echo typed-in-the-browser > ~/proof");
      Eventually.that(
          "what alice typed has its effect in the container",
          Duration.ofSeconds(20),
          () ->
              Engine.inside(session, "cat", "/home/kasm-user/proof")
                  .contains("typed-in-the-browser"));
      alice.screenshot("desktop-typed");

      alice.page().reload();
      seesADesktop(alice, "desktop-reloaded");

      alice.stop("ubuntu-desktop");
      alice.screenshot("portal-stopped");
      Eventually.that(
          "no container is left of a stopped session",
          Duration.ofSeconds(30),
          () -> Engine.containers(session).isEmpty());
      assertThat(alice.get("/desktop/alice-ubuntu-desktop/package.json").status()).isIn(404, 503);
    }
  }

  @Test
  void theHomeFolderIsThereTomorrow(RunningBerth berth, Browser browser) {
    try (Person charlie = Person.signedIn(berth, browser, "charlie")) {
      charlie.launch("ubuntu-desktop");
      Engine.inside(
          charlie.sessionId("ubuntu-desktop"), "sh", "-c", "echo kept > /home/kasm-user/kept");
      charlie.stop("ubuntu-desktop");

      charlie.launch("ubuntu-desktop");

      assertThat(Engine.inside(charlie.sessionId("ubuntu-desktop"), "cat", "/home/kasm-user/kept"))
          .contains("kept");
      charlie.stop("ubuntu-desktop");
    }
  }

  static void seesADesktop(Person person, String screenshot) {
    Page page = person.page();
    person.sees(page.locator("canvas").first());
    Eventually.that(
        "pixels of a desktop, not a blank or an error page",
        Duration.ofSeconds(60),
        () -> Pixels.colours(page.locator("canvas").first().screenshot()) > 200);
    person.screenshot(screenshot);
  }

  private static void typeIntoTheTerminal(Person person, String command) {
    Page page = person.page();
    page.locator("canvas").first().click();
    page.keyboard().type(command, new Keyboard.TypeOptions().setDelay(20));
    page.keyboard().press("Enter");
  }
}
