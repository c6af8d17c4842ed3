package io.berth.launcher.firewall;

import io.berth.launcher.process.AsRoot;
import io.berth.launcher.process.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sets, checks and removes {@link Rules}. Docker keeps {@code DOCKER-USER} for rules of others and
 * asks it first; other engines have none, then {@code FORWARD} itself takes the rule.
 */
public final class Firewall {

  /** How a machine stands to its desktops. */
  public sealed interface State {}

  /** Desktops reach the internet, or nothing, and neither this machine nor its networks. */
  public record Closed() implements State {}

  /** A desktop reaches what listens on all addresses of this machine. */
  public record Open() implements State {}

  /** It can't be told, or changed, from here. */
  public record Unknown(String reason) implements State {}

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String DOCKERS = "DOCKER-USER";

  private final Rules rules;

  public Firewall(Rules rules) {
    this.rules = rules;
  }

  /** How it is now. */
  public State state() {
    Optional<State> beyond = beyondReach();
    if (beyond.isPresent()) {
      return beyond.get();
    }
    boolean hooked =
        Stream.of("INPUT", forward()).allMatch(chain -> holds("-C", chain, rules.hook()));
    return hooked && rules.steps().stream().allMatch(step -> holds("-C", rules.chain(), step))
        ? new Closed()
        : new Open();
  }

  /** Closes the machine; what is set already is set anew, without a moment in which it is open. */
  public State close() {
    Optional<State> beyond = beyondReach();
    if (beyond.isPresent()) {
      return beyond.get();
    }
    if (state() instanceof Closed) {
      return new Closed();
    }
    // Other rules of an earlier start: refuse all that is new until these stand.
    iptables("-N", rules.chain(), List.of());
    iptables(
        "-I", rules.chain(), List.of("1", "-m", "conntrack", "--ctstate", "NEW", "-j", "DROP"));
    Stream.of("INPUT", forward())
        .filter(chain -> !holds("-C", chain, rules.hook()))
        .forEach(chain -> iptables("-I", chain, rules.hook()));
    int stale = count() - 1;
    rules.steps().forEach(step -> iptables("-A", rules.chain(), step));
    for (int i = 0; i < stale; i++) {
      iptables("-D", rules.chain(), List.of("2"));
    }
    iptables("-D", rules.chain(), List.of("1"));
    return state();
  }

  /** Takes all of it away. */
  public void remove() {
    if (beyondReach().isPresent()) {
      return;
    }
    for (String chain : List.of("INPUT", DOCKERS, "FORWARD")) {
      while (holds("-C", chain, rules.hook())) {
        iptables("-D", chain, rules.hook());
      }
    }
    iptables("-F", rules.chain(), List.of());
    iptables("-X", rules.chain(), List.of());
  }

  /** The commands that close it, for people who set them by hand. */
  public List<String> commands() {
    return rules.commands(beyondReach().isPresent() ? DOCKERS : forward());
  }

  private static Optional<State> beyondReach() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of(new Unknown("the engine's machine is not this one"));
    }
    if (AsRoot.words().isEmpty()) {
      return Optional.of(new Unknown("only root can see the packet filter"));
    }
    return run("--version").succeeded()
        ? Optional.empty()
        : Optional.of(new Unknown("this machine has no iptables"));
  }

  private String forward() {
    return run("-n", "-L", DOCKERS).succeeded() ? DOCKERS : "FORWARD";
  }

  private int count() {
    return (int)
        run("-S", rules.chain()).output().lines().filter(line -> line.startsWith("-A")).count();
  }

  private static boolean holds(String verb, String chain, List<String> rule) {
    return iptables(verb, chain, rule).succeeded();
  }

  private static Command.Outcome iptables(String verb, String chain, List<String> rule) {
    return run(Stream.concat(Stream.of(verb, chain), rule.stream()).toArray(String[]::new));
  }

  private static Command.Outcome run(String... words) {
    // -w: others, Docker among them, change the filter too.
    List<String> command =
        Stream.of(
                AsRoot.words().orElseThrow().stream(),
                Stream.of("iptables", "-w", "10"),
                Stream.of(words))
            .flatMap(part -> part)
            .toList();
    return Command.of(command).run(LIMIT);
  }
}
