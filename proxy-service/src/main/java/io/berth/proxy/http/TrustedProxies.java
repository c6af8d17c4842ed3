package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxies in front whose word about the client is taken. */
final class TrustedProxies {

  private final List<IpSubnetFilterRule> networks = new ArrayList<>();
  private final TrustedHeader told;

  TrustedProxies(List<String> addresses, TrustedHeader told) {
    this.told = told;
    for (String address : addresses) {
      int slash = address.indexOf('/');
      String host = slash < 0 ? address : address.substring(0, slash);
      int bits =
          slash >= 0
              ? Integer.parseInt(address.substring(slash + 1))
              : host.contains(":") ? 128 : 32;
      networks.add(new IpSubnetFilterRule(host, bits, IpFilterRuleType.ACCEPT));
    }
  }

  /** Whether a connection comes from such a proxy. */
  boolean trusts(InetSocketAddress peer) {
    return networks.stream().anyMatch(network -> network.matches(peer));
  }

  /** The client of a request that came from this peer. */
  Client clientOf(InetSocketAddress peer, HttpHeaders headers) {
    String address = peer.getAddress().getHostAddress();
    String host = headers.get(HttpHeaderNames.HOST, "");
    if (networks.isEmpty() || !trusts(peer)) {
      return new Client(address, address, host);
    }
    if (told == TrustedHeader.FORWARDED) {
      return byForwarded(headers.getAll("Forwarded"), address, host);
    }
    String said = headers.get("X-Forwarded-For");
    String forwardedHost = headers.get("X-Forwarded-Host");
    return new Client(
        said == null ? address : lastOf(said),
        said == null || said.length() > 200 ? address : said + ", " + address,
        forwardedHost == null ? host : lastOf(forwardedHost));
  }

  private static Client byForwarded(List<String> lines, String peer, String host) {
    ForwardedElement nearest = ForwardedElement.nearest(lines);
    String client = nearest.client();
    String asked = nearest.host();
    return new Client(
        client == null ? peer : client,
        client == null ? peer : client + ", " + peer,
        asked == null ? host : asked);
  }

  /** The nearest proxy's own word is the last; what stands before it, a client may have written. */
  private static String lastOf(@Nullable String list) {
    String text = list == null ? "" : list;
    return text.substring(text.lastIndexOf(',') + 1).trim();
  }
}
