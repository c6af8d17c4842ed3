package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Suite.class)
class AdministrationIT {

  private static final String TYPE = "ubuntu-vscode";

  @Test
  void aDesktopRestsGoesOnAndEndsWithTheReasonThatAnAdministratorGave(
      RunningBerth berth, Browser browser) {
    try (Person bob = Person.signedIn(berth, browser, "bob");
        Person admin = Person.signedIn(berth, browser, "admin")) {
      bob.launch(TYPE);
      String session = bob.sessionId(TYPE);
      bob.pause(TYPE);
      bob.screenshot("portal-paused");
      bob.resume(TYPE);
      assertThat(bob.sessionId(TYPE)).as("the session that was paused").isEqualTo(session);
      bob.visit("/");
      bob.sees(bob.page().getByTestId("home").first());
      bob.screenshot("portal-homes");

      admin.visit("/admin");
      Locator row =
          admin
              .page()
              .getByTestId("sessions")
              .locator("tbody tr")
              .filter(new Locator.FilterOptions().setHasText("bob"))
              .first();
      admin.sees(row);
      admin.screenshot("administration");
      row.getByText("Stop").click();
      admin.page().locator("#reason").fill("the host is serviced tonight");
      admin
          .page()
          .getByTestId("ask-dialog")
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop it"))
          .click();

      Eventually.that(
          "bob reads who stopped his desktop, and why",
          Duration.ofSeconds(60),
          () ->
              bob.cardText(TYPE).contains("Stopped by an administrator")
                  && bob.cardText(TYPE).contains("the host is serviced tonight"));
      bob.screenshot("portal-stopped-by-an-administrator");
    }
  }

  @Test
  void thePageTellsOthersThatItIsNotForThem(RunningBerth berth, Browser browser) {
    try (Person alice = Person.signedIn(berth, browser, "alice")) {
      alice.visit("/admin");
      alice.sees(alice.page().getByTestId("trouble"));

      assertThat(alice.page().getByTestId("trouble").innerText())
          .contains("This page is for administrators");
      assertThat(alice.get("/api/v1/admin/sessions").status()).isEqualTo(403);
    }
  }
}
