package io.berth.launcher.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a packaged service is run: the JVM's options, and what it learned before (ADR 25). */
public final class ServiceJvm {

  /** Options of every service's JVM. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx192m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /**
   * What an exchange leaves behind is little and dies at once: with room for it, the edge collects
   * less often. That room is in memory from the start, so that it is nobody's surprise later. Huge
   * pages, where the kernel gives them to who asks, spare it most of its misses in the TLB.
   */
  private static final List<String> OF_THE_EDGE =
      List.of("-Xms64m", "-Xmn32m", "-XX:+AlwaysPreTouch", "-XX:+UseTransparentHugePages");

  private static final List<String> OF_OTHERS = List.of("-Xms32m");

  private final ServiceName service;
  private final Path application;

  /**
   * @param application folder with {@code quarkus-run.jar}
   */
  public ServiceJvm(ServiceName service, Path application) {
    this.service = service;
    this.application = application;
  }

  /** The options that do not depend on what was learned. */
  List<String> plainOptions() {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(service == ServiceName.PROXY ? OF_THE_EDGE : OF_OTHERS);
    return options;
  }

  /** The options, and the AOT cache if there is one for them. */
  public List<String> options() {
    List<String> options = plainOptions();
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
    int fits = List.of(Runtime.version().toString(), plainOptions()).hashCode();
    return application.resolve("aot-%08x.cache".formatted(fits));
  }
}
