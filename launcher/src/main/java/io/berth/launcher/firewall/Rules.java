package io.berth.launcher.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packet filter's rules for the bridges of one installation's desktops, as arguments of {@code
 * iptables}. Bridges are named, so that the rules can be there before the engine makes them.
 *
 * @param bridge of desktops that reach the internet; isolated ones have {@code {bridge}-i}
 * @param nameServers of this machine: desktops ask them, wherever they are
 * @param allowed networks that desktops reach although they are private
 */
public record Rules(String bridge, List<String> nameServers, List<String> allowed) {

  /** Where clouds tell machines their secrets, and every network that is not the internet. */
  private static final List<String> INSIDE =
      List.of("169.254.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

  public Rules {
    nameServers = List.copyOf(nameServers);
    allowed = List.copyOf(allowed);
  }

  /** The chain of this installation. */
  public String chain() {
    return "BERTH-" + bridge;
  }

  /** What the chain does with a packet that comes from a desktop, in order. */
  List<List<String>> steps() {
    List<List<String>> steps = new ArrayList<>();
    steps.add(List.of("-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED", "-j", "RETURN"));
    steps.add(List.of("-i", bridge + "-i", "-j", "REJECT"));
    for (String server : nameServers) {
      for (String protocol : List.of("udp", "tcp")) {
        steps.add(List.of("-d", server, "-p", protocol, "--dport", "53", "-j", "RETURN"));
      }
    }
    steps.add(List.of("-m", "addrtype", "--dst-type", "LOCAL", "-j", "REJECT"));
    allowed.forEach(network -> steps.add(List.of("-d", network, "-j", "RETURN")));
    INSIDE.forEach(network -> steps.add(List.of("-d", network, "-j", "REJECT")));
    return steps;
  }

  /** What leads to the chain: packets to this machine, and those that it would pass on. */
  List<String> hook() {
    return List.of("-i", bridge + "+", "-j", chain());
  }

  /** The whole as commands, for people who set it by hand. */
  public List<String> commands(String forward) {
    return Stream.of(
            Stream.of("iptables -N " + chain()),
            steps().stream().map(step -> "iptables -A %s %s".formatted(chain(), words(step))),
            Stream.of("INPUT", forward).map(to -> "iptables -I %s %s".formatted(to, words(hook()))))
        .flatMap(lines -> lines)
        .toList();
  }

  private static String words(List<String> rule) {
    return String.join(" ", rule);
  }
}
