package io.berth.launcher.suite;

import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets the packaged edge play for itself, so that its JVM leaves an AOT cache of what it loaded and
 * how it was used: later starts begin with that (ADR 25). An edge without one works all the same.
 */
public final class Rehearsal {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final ServiceJvm jvm;

  /**
   * @param application folder with the edge's {@code quarkus-run.jar}
   */
  public Rehearsal(Path application) {
    this.jvm = new ServiceJvm(ServiceName.PROXY, application);
  }

  /** Whether there is a packaged edge without a cache that fits. */
  public boolean isDue() {
    try {
      return Files.exists(jvm.program())
          && (!Files.exists(jvm.cache())
              || Files.getLastModifiedTime(jvm.cache())
                      .compareTo(Files.getLastModifiedTime(jvm.program()))
                  < 0);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What makes the cache; it ends by itself within minutes. Options of a developer's own, a
   * compiler left out above all, would be learned as well, and every later start would keep to
   * them.
   */
  public Command command() {
    List<String> options = jvm.plainOptions();
    options.add("-XX:AOTCacheOutput=" + jvm.cache());
    // It says which classes it can't keep, and why: nothing that anyone could mend.
    options.add("-Xlog:aot=off,cds=off");
    List<String> words = new ArrayList<>(jvm.command(options));
    words.add("rehearse");
    return Command.of(words).with(Map.of("JAVA_TOOL_OPTIONS", "", "JDK_JAVA_OPTIONS", ""));
  }

  /** Makes the cache now; whether there is one afterwards. */
  public boolean run() {
    return command().run(LIMIT).succeeded() && Files.exists(jvm.cache());
  }
}
