package io.berth.session.leftover;

import io.berth.session.audit.Actor;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.home.Homes;
import io.berth.session.home.RemoveHome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/** Removes leftovers that an administrator has seen, as long as they still are some. */
@ApplicationScoped
public class RemoveLeftovers {

  private static final Logger LOG = Logger.getLogger(RemoveLeftovers.class);

  private final FindLeftovers findLeftovers;
  private final ContainerRuntime runtime;
  private final Homes homes;
  private final RemoveHome removeHome;

  RemoveLeftovers(
      FindLeftovers findLeftovers, ContainerRuntime runtime, Homes homes, RemoveHome removeHome) {
    this.findLeftovers = findLeftovers;
    this.runtime = runtime;
    this.homes = homes;
    this.removeHome = removeHome;
  }

  /** Removes those of these ids; returns what was removed. */
  public List<Leftover> remove(Collection<String> ids, Actor who) {
    List<Leftover> removed = new ArrayList<>();
    for (Leftover each : findLeftovers.find()) {
      if (ids.contains(each.id())) {
        remove(each, who);
        LOG.infof(
            "user=%s containerId=%s %s removed: %s",
            who.name(), each.id(), each.name(), each.why());
        removed.add(each);
      }
    }
    return removed;
  }

  private void remove(Leftover leftover, Actor who) {
    switch (leftover.kind()) {
      case OLD_CONTAINER ->
          runtime.strangers().stream()
              .filter(stranger -> stranger.id().equals(leftover.id()))
              .forEach(runtime::removeStranger);
      case CONTAINER ->
          runtime.list().stream()
              .filter(container -> container.id().equals(leftover.id()))
              .forEach(runtime::remove);
      case HOME ->
          homes.unowned().stream()
              .filter(home -> FindLeftovers.idOf(home).equals(leftover.id()))
              .forEach(home -> removeHome.deleteUnowned(who, home));
    }
  }
}
