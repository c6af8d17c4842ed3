package io.berth.session.desktop;

import io.berth.common.ProxyPath;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionState;
import java.util.Optional;

/** How it is with an address that no route leads to. */
sealed interface AbsentDesktop {

  /** Nobody's, somebody else's, or one that can't be started again: nothing is told of it. */
  record Unknown() implements AbsentDesktop {}

  /** A desktop that the person could have if its type were open to them. */
  record NotOpen(ProxyPath path, DesktopType type) implements AbsentDesktop {}

  /**
   * A desktop of the person who asks.
   *
   * @param title its desktop type's name for people
   * @param type its desktop type, if the catalogue still has it
   * @param session the latest there, if it was ever asked for
   */
  record Own(ProxyPath path, String title, Optional<DesktopType> type, Optional<Session> session)
      implements AbsentDesktop {

    /** The name of its desktop type. */
    String typeName() {
      return session.map(Session::type).or(() -> type.map(DesktopType::name)).orElseThrow().value();
    }

    /** Whether opening its address may start it: it is not there, or rests, and did not fail. */
    boolean startsOnVisit() {
      boolean free =
          session
              .map(Session::state)
              .map(state -> state == SessionState.STOPPED || state == SessionState.PAUSED)
              .orElse(true);
      return free && type.map(DesktopType::startOnVisit).orElse(false);
    }
  }
}
