package io.berth.session.api;

import io.berth.session.lifecycle.AnnouncedEnd;
import io.berth.session.lifecycle.EndedBy;
import io.berth.session.lifecycle.Session;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as people see it.
 *
 * @param title its desktop type's name for people
 * @param state requested, pulling, creating, starting, running, pausing, paused, resuming,
 *     restarting, stopping, stopped or failed
 * @param url where the desktop is once it runs
 * @param path the part of the address after {@code /desktop/}
 * @param reason why it failed, or ended without anyone's wish
 * @param endedBy what brought it to its end: person, admin, idle, lifetime, absence, crash or
 *     system; null before
 * @param endedByActor who did: a name in addresses, or a part of Berth; null before
 * @param ending what its person is warned of: when it will end or rest by itself, null if nothing
 *     is near
 * @param elapsedSeconds how long it has been on its way, running or paused
 */
public record SessionView(
    UUID id,
    String desktopType,
    String title,
    String state,
    String url,
    String path,
    Progress progress,
    @Nullable String reason,
    @Nullable String endedBy,
    @Nullable String endedByActor,
    @Nullable Ending ending,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    long elapsedSeconds) {

  /**
   * How far it is.
   *
   * @param phase queued, fetching, creating, starting or ready; else the state
   * @param queuePosition its place in the line for room on the host, from 1; null if it has room
   * @param percent 0 to 100 of the phase, of an image by its layers; null when that can't be told
   * @param message a sentence for people
   * @param estimateSeconds how long the whole launch is likely to take, by those of the same type
   *     that worked out lately; null if there were none, or nothing is launched
   */
  public record Progress(
      String phase,
      @Nullable Integer queuePosition,
      @Nullable Integer percent,
      @Nullable String message,
      @Nullable Long estimateSeconds) {}

  /**
   * The end that is near; {@code POST /api/v1/sessions/{id}/extend} moves it on.
   *
   * @param why idle, absence or lifetime
   * @param action stop or pause
   */
  public record Ending(Instant at, String why, String action) {

    static Ending of(AnnouncedEnd end) {
      return new Ending(end.at(), end.why().word(), end.action().word());
    }
  }

  static SessionView of(Session session, Progress progress, String title, String url) {
    return new SessionView(
        session.id(),
        session.type().value(),
        title,
        session.state().word(),
        url,
        session.path().value(),
        progress,
        session.reason().orElse(null),
        session.endedBy().map(EndedBy::word).orElse(null),
        session.endedByActor().orElse(null),
        session.ending().map(Ending::of).orElse(null),
        session.createdAt(),
        session.startedAt().orElse(null),
        session.endedAt().orElse(null),
        session.elapsed(Instant.now()).toSeconds());
  }
}
