package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.firewall.Firewall;
import io.berth.launcher.firewall.NameServers;
import io.berth.launcher.firewall.Rules;
import io.berth.launcher.installation.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Closes this machine to its desktops, or says how. */
@Command(
    name = "firewall",
    mixinStandardHelpOptions = true,
    description = "Keep desktops from this machine and its networks; up does it where it can.")
final class Walls implements Runnable {

  @Mixin private Target target = new Target();

  @Option(names = "--print", description = "Only print the commands, for another firewall.")
  private boolean print;

  @Override
  public void run() {
    Installation installation = target.installation();
    if (!installation.exists()) {
      throw new Failure("Berth was not started here: ./berth up sets the rules.");
    }
    Firewall firewall = of(installation);
    if (print) {
      firewall.commands().forEach(System.out::println);
      return;
    }
    switch (firewall.close()) {
      case Firewall.Closed() ->
          System.out.println(
              "Desktops reach the internet, and neither this machine nor its networks.");
      case Firewall.Open() ->
          throw new Failure(
              "iptables did not take the rules: see ./berth firewall --print and set them by hand.");
      case Firewall.Unknown(String reason) ->
          throw new Failure(reason + ": run ./berth firewall as root, or with --print to see how.");
    }
  }

  static Firewall of(Installation installation) {
    return new Firewall(
        new Rules(
            installation.bridge(), NameServers.ofThisMachine(), installation.desktopNetworks()));
  }
}
