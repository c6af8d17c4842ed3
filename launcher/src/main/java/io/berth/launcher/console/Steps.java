package io.berth.launcher.console;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Shows what is under way: one line per finished step, and while steps take longer than a second,
 * on a terminal one live line, elsewhere a line every ten seconds. Steps may run side by side.
 */
public final class Steps implements AutoCloseable {

  /** Work that may say how far it is. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Detail detail);
  }

  /** Takes a few words on how far a step is. */
  @FunctionalInterface
  public interface Detail {
    void say(String words);
  }

  private static final class Running {
    private final long began = System.nanoTime();
    private String detail = "";
  }

  private static final Duration EVERY_TERMINAL = Duration.ofMillis(250);
  private static final Duration EVERY_FILE = Duration.ofSeconds(10);
  private static final int WIDTH = 110;

  private final PrintStream out;
  private final boolean terminal;
  private final Map<String, Running> running = new LinkedHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  public Steps(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    long every = (terminal ? EVERY_TERMINAL : EVERY_FILE).toMillis();
    var _ = clock.scheduleAtFixedRate(this::show, every, every, TimeUnit.MILLISECONDS);
  }

  /** Shows them on standard output. */
  @SuppressWarnings({"SystemConsoleNull", "ClosingStandardOutputStreams"}) // null when redirected
  public static Steps onStandardOutput() {
    Console console = System.console();
    return new Steps(System.out, console != null && console.isTerminal());
  }

  /** Runs one step and says how it ended. */
  public <T> T run(String title, Work<T> work) {
    Running step = new Running();
    synchronized (this) {
      running.put(title, step);
    }
    boolean done = false;
    try {
      T result =
          work.run(words -> {
            synchronized (this) {
              step.detail = words;
            }
          });
      done = true;
      return result;
    } finally {
      end(title, step, done);
    }
  }

  private synchronized void end(String title, Running step, boolean done) {
    running.remove(title);
    clearLine();
    out.printf(Locale.ROOT, "  %s %-34s %6.1f s%n", done ? "✓" : "✗", title, seconds(step));
    out.flush();
  }

  /** Prints a line of its own between the steps. */
  public synchronized void say(String line) {
    clearLine();
    out.println(line);
    out.flush();
  }

  private synchronized void show() {
    String line =
        running.entrySet().stream()
            .filter(step -> seconds(step.getValue()) >= 1)
            .map(step ->
                String.format(
                        Locale.ROOT,
                        "%s %.0f s %s",
                        step.getKey(),
                        seconds(step.getValue()),
                        step.getValue().detail)
                    .strip())
            .collect(Collectors.joining(" · "));
    if (line.isEmpty()) {
      return;
    }
    if (terminal) {
      out.print("\r\033[2K  … " + line.substring(0, Math.min(WIDTH, line.length())));
    } else {
      out.println("  … " + line);
    }
    out.flush();
  }

  private void clearLine() {
    if (terminal) {
      out.print("\r\033[2K");
    }
  }

  private static double seconds(Running step) {
    return (System.nanoTime() - step.began) / 1e9;
  }

  @Override
  public synchronized void close() {
    clock.shutdownNow();
    clearLine();
    out.flush();
  }
}
