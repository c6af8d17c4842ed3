package io.berth.session.leftover;

import io.berth.session.container.Container;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.HomeVolume;
import io.berth.session.container.Stranger;
import io.berth.session.database.Database;
import io.berth.session.home.Homes;
import io.berth.session.port.Ports;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds containers of the port-based application, and of this installation those that no live
 * session has. Whose name only resembles theirs, and who has nothing to do with Berth's rows or
 * ports, is somebody else's and not shown.
 */
@ApplicationScoped
public class FindLeftovers {

  private final ContainerRuntime runtime;
  private final Database database;
  private final Ports ports;
  private final Homes homes;

  FindLeftovers(ContainerRuntime runtime, Database database, Ports ports, Homes homes) {
    this.runtime = runtime;
    this.database = database;
    this.ports = ports;
    this.homes = homes;
  }

  /** What there is at this moment. */
  public List<Leftover> find() {
    // First the containers, then the rows: a row is always written before its container is made.
    List<Stranger> strangers = runtime.strangers();
    List<Container> ours = runtime.list();
    Map<String, String> old = rowsOfPortBasedVersion();
    Set<String> live = liveSessions();
    List<Leftover> found = new ArrayList<>();
    for (Stranger each : strangers) {
      whyOld(each, old)
          .ifPresent(why ->
              found.add(new Leftover(Leftover.Kind.OLD_CONTAINER, each.id(), each.name(), why)));
    }
    for (Container each : ours) {
      if (each.sessionId().filter(id -> live.contains(id.toString())).isEmpty()) {
        found.add(
            new Leftover(
                Leftover.Kind.CONTAINER, each.id(), each.name(), "no live session has it"));
      }
    }
    for (HomeVolume each : homes.unowned()) {
      found.add(
          new Leftover(
              Leftover.Kind.HOME,
              idOf(each),
              "home %s of %s".formatted(each.home(), each.ownerId()),
              "the database names no owner; it may be younger than a backup that was restored"));
    }
    return found;
  }

  static String idOf(HomeVolume home) {
    return home.ownerId() + "/" + home.home();
  }

  private Optional<String> whyOld(Stranger stranger, Map<String, String> old) {
    String type = old.get(stranger.name());
    if (type != null) {
      return Optional.of("a %s of the port-based version has this name".formatted(type));
    }
    return stranger.hostPorts().stream()
        .filter(ports::isInRange)
        .findFirst()
        .map(port -> "it has port %d of Berth's, and no row".formatted(port));
  }

  /** Types by container name. */
  private Map<String, String> rowsOfPortBasedVersion() {
    Map<String, String> types = new TreeMap<>();
    database.transaction(transaction ->
        transaction.list(
            "SELECT container_name, desktop_type FROM containers WHERE owner_slug IS NULL",
            row -> types.put(row.getString(1), row.getString(2))));
    return types;
  }

  private Set<String> liveSessions() {
    return new HashSet<>(
        database.transaction(transaction ->
            transaction.list(
                "SELECT id FROM containers WHERE status NOT IN ('stopped', 'failed')",
                row -> row.getString(1))));
  }
}
