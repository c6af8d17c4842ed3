package io.berth.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Somebody at a browser of their own: signs in, launches, opens, stops. */
final class Person implements AutoCloseable {

  /** A launch may have to make the image first. */
  private static final Duration LAUNCH = Duration.ofMinutes(12);

  private static final Duration STOP = Duration.ofSeconds(60);

  private final Site berth;
  private final String name;
  private final BrowserContext context;
  private final Page page;

  private Person(Site berth, String name, BrowserContext context) {
    this.berth = berth;
    this.name = name;
    this.context = context;
    this.page = context.newPage();
  }

  /** Comes to the portal, is sent to Keycloak's page, types name and password, is back. */
  static Person signedIn(Site berth, Browser browser, String name) {
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
    Person person = new Person(berth, name, context);
    person.goTo(berth.url() + "/");
    person.signIn();
    return person;
  }

  private void signIn() {
    page.locator("#username").fill(name);
    page.locator("#password").fill(berth.password(name));
    page.locator("#kc-login").click();
    page.waitForURL(berth.url() + "/");
    page.getByRole(AriaRole.HEADING).first().waitFor();
  }

  /**
   * Goes to an address. A browser on the engine's own host drops its requests when a container's
   * network interface comes or goes (ERR_NETWORK_CHANGED): then once more, as a person would.
   */
  private void goTo(String address) {
    for (int attempt = 1; ; attempt++) {
      try {
        page.navigate(address);
        return;
      } catch (PlaywrightException e) {
        if (attempt == 3 || !String.valueOf(e.getMessage()).contains("ERR_NETWORK_CHANGED")) {
          throw e;
        }
      }
    }
  }

  /** Waits for something on the page; reloads twice where a changed network left it half-loaded. */
  void sees(Locator something) {
    for (int attempt = 1; ; attempt++) {
      try {
        something.waitFor(new Locator.WaitForOptions().setTimeout(30_000));
        return;
      } catch (TimeoutError e) {
        if (attempt == 3) {
          throw e;
        }
        goTo(page.url());
      }
    }
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** Launches a desktop from the portal and waits until it can be opened. */
  void launch(String desktopType) {
    untilTaken(
        "launch of " + desktopType,
        () -> press(desktopType, "Launch"),
        () -> state(desktopType).isPresent());
    awaitRunning(desktopType);
  }

  /** Waits until a desktop that was asked for can be opened. */
  void awaitRunning(String desktopType) {
    Eventually.that(
        desktopType + " of " + name + " runs", LAUNCH, () -> phase(desktopType).equals("running"));
  }

  /** Opens a running desktop from the portal, in this tab. */
  void open(String desktopType) {
    Locator link = card(desktopType).getByRole(AriaRole.LINK, named("Open"));
    sees(link);
    goTo(URI.create(berth.url()).resolve(link.getAttribute("href")).toString());
  }

  /** Stops a desktop from the portal and waits until it can be launched again. */
  void stop(String desktopType) {
    untilTaken(
        "stop of " + desktopType,
        () -> {
          press(desktopType, "Stop");
          page.getByTestId("ask-dialog").getByRole(AriaRole.BUTTON, named("Stop it")).click();
        },
        () -> !state(desktopType).equals(Optional.of("running")));
    Eventually.that(
        desktopType + " of " + name + " has stopped",
        STOP,
        () -> phase(desktopType).equals("free"));
  }

  /** Pauses a running desktop from its card's menu and waits until it rests. */
  void pause(String desktopType) {
    untilTaken(
        "pause of " + desktopType,
        () -> {
          goTo(berth.url() + "/");
          sees(card(desktopType).getByTestId("more"));
          card(desktopType).getByTestId("more").locator("summary").click();
          card(desktopType).getByTestId("pause").click();
        },
        () -> !state(desktopType).equals(Optional.of("running")));
    Eventually.that(
        desktopType + " of " + name + " rests", STOP, () -> phase(desktopType).equals("paused"));
  }

  /** Lets a paused desktop go on, from the portal. */
  void resume(String desktopType) {
    untilTaken(
        "resuming of " + desktopType,
        () -> press(desktopType, "Resume"),
        () -> !state(desktopType).equals(Optional.of("paused")));
    Eventually.that(
        desktopType + " of " + name + " runs again",
        STOP,
        () -> phase(desktopType).equals("running"));
  }

  /** What the portal's card says of a desktop, in full. */
  String cardText(String desktopType) {
    goTo(berth.url() + "/");
    sees(card(desktopType));
    return card(desktopType).innerText();
  }

  /** Goes to a path of Berth's. */
  void visit(String path) {
    goTo(berth.url() + path);
  }

  /** Presses a button of a desktop's card in the portal. */
  void press(String desktopType, String button) {
    goTo(berth.url() + "/");
    Locator pressed = card(desktopType).getByRole(AriaRole.BUTTON, named(button));
    sees(pressed);
    pressed.click();
  }

  /** Does something that a changed network may swallow, again if Berth has not heard of it. */
  private void untilTaken(String what, Runnable action, BooleanSupplier taken) {
    for (int attempt = 1; attempt <= 3; attempt++) {
      action.run();
      if (Eventually.is(Duration.ofSeconds(15), taken)) {
        return;
      }
      screenshot("unheard-" + name + "-" + attempt);
    }
    throw new AssertionError(name + ": Berth did not hear of the " + what);
  }

  /** The id of this person's live session of a type, as the API tells it. */
  String sessionId(String desktopType) {
    return sessions(desktopType)
        .filter(session -> session.path("state").asText().equalsIgnoreCase("running"))
        .map(session -> session.path("id").asText())
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " has no " + desktopType));
  }

  /** The state of this person's session of a type that is neither stopped nor failed. */
  private Optional<String> state(String desktopType) {
    return sessions(desktopType)
        .map(session -> session.path("state").asText().toLowerCase(Locale.ROOT))
        .filter(state -> !state.equals("stopped") && !state.equals("failed"))
        .findFirst();
  }

  /** By a connection of the test's own, not by the browser's. */
  private Stream<JsonNode> sessions(String desktopType) {
    APIResponse response = context.request().get(berth.url() + "/api/v1/sessions");
    return StreamSupport.stream(json(response).spliterator(), false)
        .filter(session -> session.path("desktopType").asText().equals(desktopType));
  }

  /** Asks for a path as a script of a page would. */
  APIResponse get(String path) {
    return context.request().get(berth.url() + path, RequestOptions.create().setMaxRedirects(0));
  }

  /** The cookies that this browser sends, as one header. */
  String cookies() {
    return context.cookies(berth.url()).stream()
        .map(cookie -> cookie.name + "=" + cookie.value)
        .collect(Collectors.joining("; "));
  }

  /** Keeps what the person sees under {@code e2e/target/screenshots}, and returns it. */
  byte[] screenshot(String file) {
    return page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(RunningBerth.OUTPUT.resolve("screenshots").resolve(file + ".png")));
  }

  private Locator card(String desktopType) {
    return page.locator("[data-testid=desktop-card][data-type='" + desktopType + "']");
  }

  /** What the portal's card says of a desktop; a failed one ends the test with its reason. */
  private String phase(String desktopType) {
    sees(card(desktopType));
    String phase = card(desktopType).getAttribute("data-phase");
    if (phase.equals("failed")) {
      screenshot("failed-" + name + "-" + desktopType);
      throw new AssertionError(desktopType + " of " + name + ": " + card(desktopType).innerText());
    }
    return phase;
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  private static JsonNode json(APIResponse response) {
    try {
      return new ObjectMapper().readTree(response.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
