package io.berth.session.lifecycle;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Spans of a session's steps, in the trace of the request that asked for it. Who asked is kept in
 * memory only: after a restart, or on another replica, steps begin traces of their own.
 */
@ApplicationScoped
class StepTraces {

  private static final int MOST_REMEMBERED = 10_000;

  private final Tracer tracer;
  private final Map<UUID, SpanContext> asked = new ConcurrentHashMap<>();

  StepTraces(OpenTelemetry openTelemetry) {
    this.tracer = openTelemetry.getTracer("io.berth.session");
  }

  /** A step of a session. */
  interface Work {
    Optional<Session> run() throws InterruptedException;
  }

  /** Remembers that the request of this moment asked for what happens next to a session. */
  void askedNow(Session session) {
    SpanContext request = Span.current().getSpanContext();
    if (request.isValid() && asked.size() < MOST_REMEMBERED) {
      asked.put(session.id(), request);
    }
  }

  /** Takes one step within its span; forgets who asked when there is no next one. */
  Optional<Session> step(Session session, Work work) throws InterruptedException {
    SpanContext request = asked.getOrDefault(session.id(), SpanContext.getInvalid());
    Span span =
        tracer
            .spanBuilder("session " + session.state().word())
            .setParent(Context.root().with(Span.wrap(request)))
            .setAttribute("berth.session", session.id().toString())
            .setAttribute("berth.route", session.path().value())
            .startSpan();
    try (Scope _ = span.makeCurrent()) {
      Optional<Session> next = work.run();
      next.ifPresent(each -> span.setAttribute("berth.became", each.state().word()));
      if (next.filter(each -> each.state().isWork()).isEmpty()) {
        asked.remove(session.id(), request);
      }
      return next;
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }
}
