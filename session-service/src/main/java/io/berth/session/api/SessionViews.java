package io.berth.session.api;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.identity.PublicUrl;
import io.berth.session.lifecycle.LaunchEstimates;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Shows sessions as people see them; all that is shown is kept, so a closed tab changes nothing.
 */
@ApplicationScoped
class SessionViews {

  private final Catalogue catalogue;
  private final PublicUrl publicUrl;
  private final LaunchEstimates estimates;

  SessionViews(Catalogue catalogue, PublicUrl publicUrl, LaunchEstimates estimates) {
    this.catalogue = catalogue;
    this.publicUrl = publicUrl;
    this.estimates = estimates;
  }

  SessionView view(Session session) {
    String type = session.type().value();
    return SessionView.of(
        session,
        progress(session),
        catalogue.find(session.type()).map(DesktopType::title).orElse(type),
        publicUrl.of(session.path()));
  }

  private SessionView.Progress progress(Session session) {
    return new SessionView.Progress(
        phase(session.state()),
        session.state() == SessionState.REQUESTED ? orNull(session.queuePosition()) : null,
        orNull(session.percent()),
        session.message().orElse(null),
        isLaunching(session)
            ? estimates.of(session.type()).map(Duration::toSeconds).orElse(null)
            : null);
  }

  private static boolean isLaunching(Session session) {
    return session.startedAt().isEmpty()
        && session.state().isWork()
        && session.state() != SessionState.STOPPING;
  }

  private static String phase(SessionState state) {
    return switch (state) {
      case REQUESTED -> "queued";
      case PULLING -> "fetching";
      case CREATING -> "creating";
      case STARTING -> "starting";
      case RUNNING -> "ready";
      default -> state.word();
    };
  }

  private static @Nullable Integer orNull(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }
}
