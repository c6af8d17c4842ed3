package io.berth.session.container.kubernetes;

import io.berth.session.container.Container.State;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ImageUnavailable;
import io.berth.session.container.RuntimeUnavailable;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Starts and ends a desktop's pod, and returns when that is done; again is the same. */
@ApplicationScoped
class PodSteps {

  /** How long a change may stay unheard of before the API server is asked. */
  private static final Duration LISTEN = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final DesktopWatch watch;
  private final DesktopObjects objects;
  private final KubernetesConfig config;

  PodSteps(Cluster cluster, DesktopWatch watch, DesktopObjects objects, KubernetesConfig config) {
    this.cluster = cluster;
    this.watch = watch;
    this.objects = objects;
    this.config = config;
  }

  /** After: the Service's pod runs, or has ended. */
  void start(Service service) {
    String name = service.getMetadata().getName();
    // Before the pod, so that a pod that goes by itself is told from one that never was.
    annotate(name, Labels.STARTED, "true");
    Pod wanted = objects.pod(service);
    Pod pod = make(wanted);
    PodLook found = new PodLook(pod);
    if (found.state() == State.EXITED || found.isLeaving()) {
      stop(name);
      pod = make(wanted);
    }
    awaitStart(name, pod.getMetadata().getUid());
  }

  /** After: there is no such pod, also if its node does not answer. */
  void stop(String name) {
    delete(name, config.stopGrace());
    Instant end = Instant.now().plus(config.stopGrace()).plus(config.forceAfter());
    if (!await(name, pod -> false, end)) {
      delete(name, Duration.ZERO);
    }
  }

  private Pod make(Pod wanted) {
    String name = wanted.getMetadata().getName();
    return cluster
        .create(wanted)
        .or(() -> cluster.findPod(name)) // another worker was quicker, or this one before a crash
        .orElseThrow(() -> new ContainerRefused("The pod " + name + " is gone again.", null));
  }

  private void awaitStart(String name, String uid) {
    Instant scheduleEnd = Instant.now().plus(config.scheduleTimeout());
    Instant pullEnd = scheduleEnd.plus(config.pullTimeout());
    boolean settled =
        await(
            name,
            pod ->
                pod.getMetadata().getUid().equals(uid) && hasStarted(new PodLook(pod), scheduleEnd),
            pullEnd);
    if (!settled) {
      throw new ImageUnavailable("The image did not come to its node in time.", null);
    }
    if (cluster.findPod(name).isEmpty()) {
      throw new ContainerRefused("Its pod was removed while it started.", null);
    }
  }

  private static boolean hasStarted(PodLook look, Instant scheduleEnd) {
    look.noImage()
        .ifPresent(reason -> {
          throw new ImageUnavailable("The image can't be pulled (%s).".formatted(reason), null);
        });
    look.cannotStart()
        .ifPresent(reason -> {
          throw new ContainerRefused("The container can't be started: " + reason, null);
        });
    look.noNode()
        .filter(reason -> Instant.now().isAfter(scheduleEnd))
        .ifPresent(reason -> {
          throw new ContainerRefused("No node of the cluster takes it: " + reason, null);
        });
    return look.state() != State.CREATED;
  }

  /** Whether a pod is as it should be, or gone, before time is up. */
  private boolean await(String name, Predicate<Pod> asItShouldBe, Instant end) {
    try {
      boolean ask = false;
      while (Instant.now().isBefore(end)) {
        long seen = watch.changes();
        Optional<Pod> heard = watch.isCurrent() ? watch.pod(name) : Optional.empty();
        Optional<Pod> pod = heard.isEmpty() || ask ? cluster.findPod(name) : heard;
        if (pod.isEmpty() || asItShouldBe.test(pod.get())) {
          return true;
        }
        ask = !watch.awaitChange(seen, LISTEN);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeUnavailable("this service stops; another goes on", e);
    }
  }

  private void delete(String name, Duration grace) {
    var _ = cluster.call(client -> cluster.pod(name).withGracePeriod(grace.toSeconds()).delete());
  }

  private void annotate(String service, String key, String value) {
    var _ =
        cluster.call(client ->
            cluster
                .service(service)
                .patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value)));
  }
}
