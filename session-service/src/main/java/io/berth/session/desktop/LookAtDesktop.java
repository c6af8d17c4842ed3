package io.berth.session.desktop;

import io.berth.common.ProxyPath;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.lifecycle.Owner;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds out how it is with a person's desktop that no route leads to. */
@ApplicationScoped
class LookAtDesktop {

  private final Sessions sessions;
  private final Catalogue catalogue;

  LookAtDesktop(Sessions sessions, Catalogue catalogue) {
    this.sessions = sessions;
    this.catalogue = catalogue;
  }

  AbsentDesktop at(Owner person, String address) {
    Optional<ProxyPath> path = ProxyPath.parse(address);
    if (path.isEmpty() || !path.get().mayBelongTo(person.slug())) {
      return new AbsentDesktop.Unknown();
    }
    Optional<Session> session = sessions.latest(person.id(), path.get());
    if (session.isPresent()) {
      return of(person, path.get(), session.get());
    }
    if (sessions.findLive(path.get()).isPresent()) {
      return new AbsentDesktop.Unknown(); // another's name and type make the same address
    }
    Optional<DesktopType> type =
        catalogue.types().stream()
            .filter(each -> each.pathOf(person.slug()).equals(path.get()))
            .findFirst();
    if (type.isEmpty()) {
      return new AbsentDesktop.Unknown();
    }
    return type.get().isOpenTo(person.groups())
        ? new AbsentDesktop.Own(path.get(), type.get().title(), type, Optional.empty())
        : new AbsentDesktop.NotOpen(path.get(), type.get());
  }

  private AbsentDesktop of(Owner person, ProxyPath path, Session session) {
    Optional<DesktopType> type = catalogue.find(session.type());
    if (!session.state().isLive() && type.isPresent() && !type.get().isOpenTo(person.groups())) {
      return new AbsentDesktop.NotOpen(path, type.get());
    }
    if (type.isEmpty() && !session.state().isLive()) {
      return new AbsentDesktop.Unknown();
    }
    String title = type.map(DesktopType::title).orElse(session.type().value());
    return new AbsentDesktop.Own(path, title, type, Optional.of(session));
  }
}
