package io.berth.session.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import io.berth.session.container.ContainerRuntime.EndWatch;
import io.berth.session.container.InstanceConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the engine's events, so that a desktop that ends is noticed at once. */
@ApplicationScoped
class DockerEvents {

  private static final Logger LOG = Logger.getLogger(DockerEvents.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Engine engine;
  private final String instance;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  DockerEvents(Engine engine, InstanceConfig instance) {
    this.engine = engine;
    this.instance = instance.instance();
  }

  void watch(EndWatch watch) {
    thread = Thread.ofVirtual().name("docker-events").start(() -> follow(watch));
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void follow(EndWatch watch) {
    while (!stopping) {
      try (ResultCallback.Adapter<Event> events = callback(watch)) {
        engine.stream(client ->
                client
                    .eventsCmd()
                    .withEventTypeFilter(EventType.CONTAINER)
                    .withEventFilter("die")
                    .withLabelFilter(Map.of(Labels.INSTANCE, instance))
                    .exec(events))
            .awaitCompletion();
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.debugf("no events from the engine: %s", e.getMessage());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static ResultCallback.Adapter<Event> callback(EndWatch watch) {
    return new ResultCallback.Adapter<>() {
      @Override
      public void onNext(Event event) {
        EventActor actor = event.getActor();
        Map<String, String> attributes = actor == null ? null : actor.getAttributes();
        String session = attributes == null ? null : attributes.get(Labels.SESSION);
        if (session != null) {
          tell(session);
        }
      }

      private void tell(String session) {
        try {
          watch.ended(UUID.fromString(session));
        } catch (IllegalArgumentException e) {
          LOG.debugf("an event names no session: %s", session);
        }
      }
    };
  }
}
