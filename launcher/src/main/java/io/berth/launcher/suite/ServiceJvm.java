package io.berth.launcher.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a packaged service is run: the JVM's options, and what it learned before (ADR 25). */
public final class ServiceJvm {

  /** Options of every service's JVM. */
  public static final List<String> OPTIONS =
      List.of(
          "-Xms32m",
          "-Xmx192m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path application;

  /**
   * @param application folder with {@code quarkus-run.jar}
   */
  public ServiceJvm(Path application) {
    this.application = application;
  }

  /** The options, and the AOT cache if there is one for them. */
  public List<String> options() {
    List<String> options = new ArrayList<>(OPTIONS);
    if (Files.exists(cache())) {
      options.add("-XX:AOTCache=" + cache());
    }
    return options;
  }

  /** The words that start the service with these options. */
  List<String> command(List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.add("-jar");
    words.add(program().toString());
    return words;
  }

  Path program() {
    return application.resolve("quarkus-run.jar");
  }

  /** A cache fits one JVM with some of its options only: its name says which. */
  Path cache() {
    int fits = List.of(Runtime.version().toString(), OPTIONS).hashCode();
    return application.resolve("aot-%08x.cache".formatted(fits));
  }
}
