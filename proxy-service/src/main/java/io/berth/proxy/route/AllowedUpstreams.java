package io.berth.proxy.route;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where desktops may be: a row that points anywhere else, at a metadata address or the database, is
 * refused when it is read and again when it is dialled.
 */
public final class AllowedUpstreams {

  private static final Pattern ENTRY = Pattern.compile("(.+):(\\d{1,5})(?:-(\\d{1,5}))?");

  private record Range(Network network, int from, int to) {}

  /** One address as text, or all of a network. */
  private record Network(String host, @Nullable IpSubnetFilterRule rule) {

    boolean has(String address) {
      if (rule == null) {
        return host.equals(address);
      }
      // Numeric ones only: a name would be resolved, and might lead anywhere by the time of
      // dialling.
      byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
      return bytes != null && rule.matches(new InetSocketAddress(inet(bytes), 0));
    }
  }

  private final List<Range> ranges;

  /** Entries {@code address:port} or {@code address:first-last}; an address or a network. */
  public AllowedUpstreams(List<String> entries) {
    ranges = entries.stream().map(AllowedUpstreams::parse).toList();
  }

  private static Range parse(String entry) {
    Matcher matcher = ENTRY.matcher(entry.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "berth.proxy.allowed-upstreams: '%s' is not address:port or address:first-last, with an address or a network such as 10.96.0.0/16"
              .formatted(entry));
    }
    int from = Integer.parseInt(matcher.group(2));
    int to = matcher.group(3) == null ? from : Integer.parseInt(matcher.group(3));
    return new Range(network(matcher.group(1)), from, to);
  }

  private static InetAddress inet(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four or sixteen bytes are an address
    }
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new Network(text, null);
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    String address = text.substring(0, slash);
    if (!NetUtil.isValidIpV4Address(address) && !NetUtil.isValidIpV6Address(address)) {
      throw new IllegalArgumentException(
          "berth.proxy.allowed-upstreams: '%s' is no network".formatted(text));
    }
    return new Network(text, new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT));
  }

  /** Whether a desktop may be at this address, which is never resolved. */
  public boolean allows(Route.Address address) {
    for (Range range : ranges) {
      if (range.network.has(address.host())
          && range.from <= address.port()
          && address.port() <= range.to) {
        return true;
      }
    }
    return false;
  }
}
