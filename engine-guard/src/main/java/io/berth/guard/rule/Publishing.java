package io.berth.guard.rule;

import java.util.List;

/** Where on the host a desktop may be published. */
public final class Publishing {

  private final List<String> addresses;
  private final String range;
  private final int first;
  private final int last;

  /**
   * @param range first and last port, {@code 7000-8000}
   */
  public Publishing(List<String> addresses, String range) {
    String[] ends = range.split("-", 2);
    this.addresses = List.copyOf(addresses);
    this.range = range;
    this.first = Integer.parseInt(ends[0].strip());
    this.last = Integer.parseInt(ends[ends.length - 1].strip());
  }

  Shape.Rule address() {
    return Rules.text(addresses::contains, "one of " + addresses);
  }

  Shape.Rule port() {
    return Rules.text(this::isInRange, "in " + range);
  }

  private boolean isInRange(String text) {
    try {
      int port = Integer.parseInt(text);
      return first <= port && port <= last;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
