package io.berth.session.lifecycle;

import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What the lifecycle says in the log, by fixed keys, so that one session can be followed. */
final class Log {

  private static final Logger LOG = Logger.getLogger("io.berth.session.lifecycle");

  private Log() {}

  static void moved(Session session) {
    LOG.infof(
        "sessionId=%s route=%s user=%s status=%s%s",
        session.id(),
        session.path(),
        session.ownerId(),
        session.state().word(),
        session.reason().map(reason -> " reason=" + reason).orElse(""));
  }

  static void admitted(UUID sessionId) {
    LOG.infof("sessionId=%s has its room now", sessionId);
  }

  static void imageUnavailable(Session session, RuntimeException failure) {
    LOG.warnf("sessionId=%s %s", session.id(), failure.getMessage());
  }

  static void engineAway(Session session, RuntimeException failure) {
    LOG.warnf(
        "sessionId=%s status=%s waits: %s",
        session.id(), session.state().word(), failure.getMessage());
  }

  static void stepBroke(Session session, RuntimeException failure) {
    LOG.errorf(
        failure, "sessionId=%s status=%s the step broke", session.id(), session.state().word());
  }

  static void notFrozen(Session session, RuntimeException failure) {
    LOG.warnf("sessionId=%s is stopped instead of frozen: %s", session.id(), failure.getMessage());
  }

  static void repaired(Repair repair, Optional<UUID> sessionId, String subject, String reason) {
    LOG.warnf(
        "repair=%s sessionId=%s %s: %s",
        repair.word(), sessionId.map(UUID::toString).orElse("-"), subject, reason);
  }

  static void trouble(String what, RuntimeException failure) {
    LOG.errorf(failure, "%s", what);
  }

  static void notNow(String what, RuntimeException failure) {
    LOG.debugf("%s: %s", what, failure.getMessage());
  }
}
