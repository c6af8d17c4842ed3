package io.berth.chaos.world;

import io.berth.launcher.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of Berth's services as it is deployed, in a process that can be killed and stopped. */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final int SECONDS_TO_END = 20;
  private static final List<String> JVM =
      List.of(
          "-Xmx160m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /**
   * How it is started, the first time and again.
   *
   * @param name of its log
   * @param management port of its health
   */
  public record Recipe(
      String name,
      Path application,
      Map<String, String> environment,
      List<String> jvm,
      int management,
      Path log) {}

  private final Recipe recipe;
  private final Process process;

  private ServiceProcess(Recipe recipe, Process process) {
    this.recipe = recipe;
    this.process = process;
  }

  /** Starts it; it may not be ready yet. */
  static ServiceProcess start(Recipe recipe) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(JVM);
    words.addAll(recipe.jvm());
    words.addAll(List.of("-jar", recipe.application().toString()));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(recipe.log().toFile()));
      builder.environment().putAll(recipe.environment());
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
      return new ServiceProcess(recipe, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ServiceProcess awaitReady() {
    Readiness readiness =
        new Readiness(
            URI.create("http://127.0.0.1:%d/q/health/ready".formatted(recipe.management())));
    if (!(readiness.await(process.toHandle(), START_LIMIT) instanceof Readiness.Answer.Ready)) {
      throw new IllegalStateException(recipe.name() + " is not ready: see " + lastWords());
    }
    return this;
  }

  /** As {@code kill -9} does; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As {@code kill -STOP}: it stands still and keeps its connections. */
  public void stop() {
    signal("-STOP");
  }

  /** As {@code kill -CONT}. */
  public void goOn() {
    signal("-CONT");
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", signal, Long.toString(process.pid())).inheritIO().start();
      kill.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException(recipe.name() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The end of its log, for a message about its failure. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(recipe.log());
      return recipe.log()
          + ":\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return recipe.log() + " (" + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    kill();
  }
}
