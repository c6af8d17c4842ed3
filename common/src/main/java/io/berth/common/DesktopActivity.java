package io.berth.common;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy saw people do at their desktops, as it notifies session-service every few seconds:
 * {@code proxy-1 42:2:7:130:-,43:0:-:12:-}. A proxy that sees nobody still says its name.
 *
 * <p>A notification may be lost, and what does not fit into one is told by several.
 *
 * @param instance the proxy's name
 * @param desktops those it knows something of
 */
public record DesktopActivity(String instance, List<Seen> desktops) {

  /** Channel on which proxies tell it. */
  public static final String CHANNEL = "berth_desktop_activity";

  /** PostgreSQL takes payloads below 8,000 bytes. */
  private static final int LONGEST_PAYLOAD = 7_900;

  private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,51}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final String NEVER = "-";

  /**
   * What was seen at one desktop. The times are how long ago it was last seen, in whole seconds, or
   * null if this proxy never saw it.
   *
   * @param generation the route's
   * @param connected WebSockets that are open now, an idle tab's among them
   * @param input a key or the pointer of the desktop's person (RFB client message 4 or 5)
   * @param http an HTTP request
   * @param message another message of a client's WebSocket with more than 16 bytes: work, in a
   *     desktop without RFB
   */
  public record Seen(
      long generation,
      int connected,
      @Nullable Duration input,
      @Nullable Duration http,
      @Nullable Duration message) {

    private static Optional<Seen> parse(String text) {
      String[] fields = text.split(":", -1);
      if (fields.length != 5
          || !isNumber(fields[0])
          || !isNumber(fields[1])
          || !isAge(fields[2])
          || !isAge(fields[3])
          || !isAge(fields[4])) {
        return Optional.empty();
      }
      return Optional.of(
          new Seen(
              Long.parseLong(fields[0]),
              (int) Math.min(Long.parseLong(fields[1]), Integer.MAX_VALUE),
              age(fields[2]),
              age(fields[3]),
              age(fields[4])));
    }

    private static boolean isNumber(String text) {
      return NUMBER.matcher(text).matches();
    }

    private static boolean isAge(String text) {
      return text.equals(NEVER) || isNumber(text);
    }

    private static @Nullable Duration age(String text) {
      return text.equals(NEVER) ? null : Duration.ofSeconds(Long.parseLong(text));
    }

    private String text() {
      return generation
          + ":"
          + connected
          + ":"
          + text(input)
          + ":"
          + text(http)
          + ":"
          + text(message);
    }

    private static String text(@Nullable Duration age) {
      return age == null ? NEVER : Long.toString(Math.max(0, age.toSeconds()));
    }
  }

  public DesktopActivity {
    if (!isInstance(instance)) {
      throw new IllegalArgumentException("no proxy's name: " + instance);
    }
    desktops = List.copyOf(desktops);
  }

  /**
   * Whether a proxy may be called this: letters, digits, {@code . _ -}, and short enough for
   * PostgreSQL's application names.
   */
  public static boolean isInstance(String name) {
    return INSTANCE.matcher(name).matches();
  }

  /** What a notification's payload says, or nothing if it says none. */
  public static Optional<DesktopActivity> parse(String payload) {
    int space = payload.indexOf(' ');
    String instance = space < 0 ? payload : payload.substring(0, space);
    if (!isInstance(instance)) {
      return Optional.empty();
    }
    List<Seen> desktops = new ArrayList<>();
    if (space >= 0) {
      for (String entry : payload.substring(space + 1).split(",", -1)) {
        Optional<Seen> seen = Seen.parse(entry);
        if (seen.isEmpty()) {
          return Optional.empty();
        }
        desktops.add(seen.get());
      }
    }
    return Optional.of(new DesktopActivity(instance, desktops));
  }

  /** The payloads that tell it, at least one; each short enough for a notification. */
  public List<String> payloads() {
    List<String> payloads = new ArrayList<>();
    StringBuilder payload = new StringBuilder(instance);
    for (Seen seen : desktops) {
      String entry = seen.text();
      if (payload.length() + 1 + entry.length() >= LONGEST_PAYLOAD) {
        payloads.add(payload.toString());
        payload = new StringBuilder(instance);
      }
      payload.append(payload.length() == instance.length() ? ' ' : ',').append(entry);
    }
    payloads.add(payload.toString());
    return payloads;
  }
}
