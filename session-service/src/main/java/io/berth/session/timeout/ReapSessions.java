package io.berth.session.timeout;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.database.Database;
import io.berth.session.lifecycle.AnnouncedEnd;
import io.berth.session.lifecycle.CullSession;
import io.berth.session.lifecycle.Session;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Warns people of sessions whose time is nearly over, and ends or pauses those whose time is over.
 * No session ends that its person was not warned of before, however late it was noticed.
 */
@ApplicationScoped
class ReapSessions {

  private final Watch watch;
  private final Catalogue catalogue;
  private final CullSession cullSession;
  private final Database database;

  ReapSessions(Watch watch, Catalogue catalogue, CullSession cullSession, Database database) {
    this.watch = watch;
    this.catalogue = catalogue;
    this.cullSession = cullSession;
    this.database = database;
  }

  /** Looks at every session; any number of replicas may do so at once. */
  void run() {
    for (Watched watched : watch.all()) {
      catalogue.find(watched.session().type()).ifPresent(type -> look(watched, type));
    }
    watch.forgetEnded();
  }

  private void look(Watched watched, DesktopType type) {
    Optional<AnnouncedEnd> told = watched.session().ending();
    Optional<AnnouncedEnd> near = near(watched, type);
    if (near.isPresent() && near.equals(told) && !watched.now().isBefore(near.get().at())) {
      cull(watched, type, near.get());
    } else if (!near.equals(told)) {
      announce(watched.session(), told, near);
    }
  }

  /** What to warn of now, if there is anything. */
  private static Optional<AnnouncedEnd> near(Watched watched, DesktopType type) {
    Duration warnBefore = type.timeouts().warnBefore();
    return Deadline.next(watched, type)
        .filter(deadline -> !deadline.at().minus(warnBefore).isAfter(watched.now()))
        .map(deadline -> {
          Optional<Instant> told =
              watched
                  .session()
                  .ending()
                  .filter(each -> each.why() == deadline.why())
                  .map(AnnouncedEnd::at);
          // Half the time to warn is left at least, should it be noticed late.
          Instant earliest = told.orElse(watched.now().plus(warnBefore.dividedBy(2)));
          Instant at = deadline.at().isBefore(earliest) ? earliest : deadline.at();
          return new AnnouncedEnd(at, deadline.why(), deadline.action());
        });
  }

  private void announce(
      Session session, Optional<AnnouncedEnd> before, Optional<AnnouncedEnd> end) {
    database.update(
        "UPDATE containers SET ending_at = ?::timestamptz, ending_why = ?, ending_action = ?"
            + " WHERE id = ? AND status = ? AND ending_at IS NOT DISTINCT FROM ?::timestamptz",
        end.map(AnnouncedEnd::at).orElse(null),
        end.map(each -> each.why().word()).orElse(null),
        end.map(each -> each.action().word()).orElse(null),
        session.id(),
        session.state().word(),
        before.map(AnnouncedEnd::at).orElse(null));
  }

  private void cull(Watched watched, DesktopType type, AnnouncedEnd end) {
    Session session = watched.session();
    String reason = Deadline.next(watched, type).map(Deadline::reason).orElse("");
    cullSession.cull(
        session,
        end,
        reason,
        transaction ->
            watch
                .one(transaction, session.id())
                .filter(now -> near(now, type).equals(Optional.of(end)))
                .isPresent());
  }
}
