package io.berth.launcher.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {

  private final Rules rules = new Rules("bt1", List.of("10.0.0.2"), List.of("10.20.0.0/16"));

  @Test
  void answersPassFirstAndIsolatedDesktopsGetNothingElse() {
    assertThat(rules.commands("DOCKER-USER"))
        .startsWith(
            "iptables -N BERTH-bt1",
            "iptables -A BERTH-bt1 -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN",
            "iptables -A BERTH-bt1 -i bt1-i -j REJECT")
        .endsWith(
            "iptables -I INPUT -i bt1+ -j BERTH-bt1",
            "iptables -I DOCKER-USER -i bt1+ -j BERTH-bt1");
  }

  @Test
  void theMachineItselfIsRefusedWhateverNetworksAreAllowed() {
    List<String> commands = rules.commands("FORWARD");
    int machine = indexOf(commands, "--dst-type LOCAL -j REJECT");
    int allowed = indexOf(commands, "-d 10.20.0.0/16 -j RETURN");
    int inside = indexOf(commands, "-d 10.0.0.0/8 -j REJECT");
    assertThat(List.of(machine, allowed, inside)).isSorted();
    assertThat(indexOf(commands, "-d 10.0.0.2 -p udp --dport 53 -j RETURN")).isLessThan(machine);
    assertThat(indexOf(commands, "-d 169.254.0.0/16 -j REJECT")).isPositive();
  }

  @Test
  void nameServersOnLoopbackNeedNoRule() {
    assertThat(
            NameServers.in(
                List.of(
                    "# made by hand",
                    "nameserver 127.0.0.53",
                    "nameserver 10.0.0.2",
                    "nameserver fd00::2",
                    "search example.org")))
        .containsExactly("10.0.0.2");
  }

  private static int indexOf(List<String> commands, String rule) {
    return commands.indexOf(
        "iptables -A BERTH-bt1 " + (rule.startsWith("-d") ? rule : "-m addrtype " + rule));
  }
}
