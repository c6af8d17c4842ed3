package io.berth.session.api;

import io.berth.session.identity.Caller;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionFeed;
import io.berth.session.lifecycle.Sessions;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The stream of a person's sessions: all of them first, then each as it changes. */
@Path("/api/v1/sessions/events")
@Authenticated
@Blocking
public class SessionEvents {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int BUFFER = 256;

  private final Caller caller;
  private final Sessions sessions;
  private final SessionFeed feed;
  private final SessionViews views;
  private final Sse sse;

  SessionEvents(Caller caller, Sessions sessions, SessionFeed feed, SessionViews views, Sse sse) {
    this.caller = caller;
    this.sessions = sessions;
    this.feed = feed;
    this.views = views;
    this.sse = sse;
  }

  /** A browser that does not read gets no more than a buffer; its stream then ends. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "Your sessions as server-sent events, one session as JSON each")
  public Multi<OutboundSseEvent> events() {
    String ownerId = caller.id();
    Instant until = caller.until();
    List<Session> now =
        sessions.latest(ownerId); // a failure becomes a problem, not a broken stream
    Multi<OutboundSseEvent> changes =
        Multi.createFrom().emitter(emitter -> follow(ownerId, now, emitter), BUFFER);
    Multi<OutboundSseEvent> heartbeats =
        Multi.createFrom()
            .ticks()
            .every(HEARTBEAT)
            .onOverflow()
            .drop()
            .map(tick -> sse.newEventBuilder().comment("still here").build());
    return Multi.createBy()
        .merging()
        .streams(changes, heartbeats)
        .select()
        .first(event -> Instant.now().isBefore(until)); // a stream does not outlive its login
  }

  private void follow(
      String ownerId, List<Session> before, MultiEmitter<? super OutboundSseEvent> emitter) {
    SessionFeed.Subscription subscription =
        feed.subscribe(ownerId, session -> emitter.emit(event(session)));
    emitter.onTermination(subscription::close);
    before.forEach(session -> emitter.emit(event(session)));
    // What changed between the reading and the subscription.
    for (Session session : sessions.latest(ownerId)) {
      if (!before.contains(session)) {
        emitter.emit(event(session));
      }
    }
  }

  private OutboundSseEvent event(Session session) {
    return sse.newEventBuilder()
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(SessionView.class, views.view(session))
        .build();
  }
}
