package io.berth.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands every test the one running Berth and the one browser, and ends both after the last. */
final class Suite implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(Suite.class);

  /** Chromium as root in a container or on a server: no sandbox, nothing in the background. */
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Playwright with its browser, closed together. */
  private record RealBrowser(Playwright playwright, Browser browser) implements AutoCloseable {
    @Override
    public void close() {
      browser.close();
      playwright.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RunningBerth.class || type == ComposedBerth.class || type == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    if (parameter.getParameter().getType() == RunningBerth.class) {
      return store.computeIfAbsent(
          RunningBerth.class, key -> RunningBerth.start(), RunningBerth.class);
    }
    if (parameter.getParameter().getType() == ComposedBerth.class) {
      return store.computeIfAbsent(
          ComposedBerth.class, key -> ComposedBerth.start(), ComposedBerth.class);
    }
    return store
        .computeIfAbsent(RealBrowser.class, key -> openBrowser(), RealBrowser.class)
        .browser();
  }

  private static RealBrowser openBrowser() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setHeadless(true)
                    .setExecutablePath(chromium())
                    .setArgs(FLAGS));
    return new RealBrowser(playwright, browser);
  }

  private static Path chromium() {
    return List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no Chromium on this machine: ./berth test installs it"));
  }
}
