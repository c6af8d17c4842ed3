package io.berth.session.measure;

import io.berth.session.database.DatabaseUnavailable;
import io.berth.session.database.SchemaMigration;
import io.berth.session.lifecycle.SessionState;
import io.berth.session.lifecycle.Sessions;
import io.berth.session.port.Ports;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions by state and ports in use, read every few seconds, not at each scrape. */
@ApplicationScoped
public class SessionGauges {

  private final Sessions sessions;
  private final SchemaMigration schema;
  private final Map<SessionState, AtomicInteger> byState = new EnumMap<>(SessionState.class);
  private final AtomicInteger portsUsed = new AtomicInteger();

  SessionGauges(Sessions sessions, SchemaMigration schema, Ports ports, MeterRegistry meters) {
    this.sessions = sessions;
    this.schema = schema;
    for (SessionState state : SessionState.values()) {
      if (state.isLive() && state != SessionState.READY) {
        AtomicInteger count = new AtomicInteger();
        byState.put(state, count);
        meters.gauge("berth.session.sessions", Tags.of("state", state.word()), count);
      }
    }
    meters.gauge("berth.session.ports.used", portsUsed);
    meters.gauge("berth.session.ports", ports, Ports::count);
  }

  @Scheduled(every = "5s")
  @RunOnVirtualThread
  void read() {
    if (!schema.isDone()) {
      return;
    }
    try {
      Map<SessionState, Integer> counts = sessions.countLive();
      byState.forEach((state, count) -> count.set(counts.getOrDefault(state, 0)));
      portsUsed.set(sessions.countPorts());
    } catch (DatabaseUnavailable e) {
      // The gauges keep what they last knew; readiness tells of the outage.
    }
  }
}
