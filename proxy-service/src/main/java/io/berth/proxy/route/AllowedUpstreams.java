package io.berth.proxy.route;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where desktops may be: a row that points anywhere else, at a metadata address or the database, is
 * refused when it is read and again when it is dialled.
 */
public final class AllowedUpstreams {

  private static final Pattern ENTRY = Pattern.compile("(.+):(\\d{1,5})(?:-(\\d{1,5}))?");

  private record Range(String host, int from, int to) {}

  private final List<Range> ranges;

  /** Entries of the form {@code address:port} or {@code address:first-last}. */
  public AllowedUpstreams(List<String> entries) {
    ranges = entries.stream().map(AllowedUpstreams::parse).toList();
  }

  private static Range parse(String entry) {
    Matcher matcher = ENTRY.matcher(entry.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "berth.proxy.allowed-upstreams: '%s' is not address:port or address:first-last"
              .formatted(entry));
    }
    int from = Integer.parseInt(matcher.group(2));
    int to = matcher.group(3) == null ? from : Integer.parseInt(matcher.group(3));
    return new Range(matcher.group(1), from, to);
  }

  /** Whether a desktop may be at this address; compared as text, never resolved. */
  public boolean allows(Route.Address address) {
    for (Range range : ranges) {
      if (range.host.equals(address.host())
          && range.from <= address.port()
          && address.port() <= range.to) {
        return true;
      }
    }
    return false;
  }
}
