package io.berth.session.container.kubernetes;

import io.berth.session.container.Container.State;
import io.berth.session.container.ContainerRuntime.EndWatch;
import io.berth.session.container.InstanceConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows this instance's Services and pods in the API server's stream of changes, so that nothing
 * has to be asked for again and again. What it holds may be a moment old.
 */
@ApplicationScoped
class DesktopWatch {

  private static final Logger LOG = Logger.getLogger(DesktopWatch.class);

  private final List<EndWatch> watches = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<Pod> pods;
  private final String namespace;
  private long changes;

  DesktopWatch(Cluster cluster, KubernetesConfig config, InstanceConfig instance) {
    this.namespace = cluster.namespace();
    long resync = config.resync().toMillis();
    this.services =
        cluster
            .client()
            .services()
            .inNamespace(namespace)
            .withLabel(Labels.INSTANCE, instance.instance())
            .withLabel(Labels.SESSION)
            .runnableInformer(resync);
    this.pods =
        cluster
            .client()
            .pods()
            .inNamespace(namespace)
            .withLabel(Labels.INSTANCE, instance.instance())
            .withLabel(Labels.SESSION)
            .runnableInformer(resync);
    pods.addEventHandler(new Heard());
    follow(services);
    follow(pods);
  }

  private static void follow(SharedIndexInformer<?> informer) {
    // Whatever goes wrong is tried again: an API server comes back.
    var _ =
        informer
            .exceptionHandler((started, failure) -> {
              LOG.warnf(
                  "the cluster is not followed for now (%s); next step: see that its API answers, and"
                      + " that this service's account has the Role of k8s/base",
                  failure.getMessage());
              return true;
            })
            .start();
  }

  void tell(EndWatch watch) {
    watches.add(watch);
  }

  /** Whether it holds all there is, but for what changed in the last moment. */
  boolean isCurrent() {
    return services.hasSynced() && pods.hasSynced() && services.isWatching() && pods.isWatching();
  }

  List<Service> services() {
    return services.getStore().list();
  }

  Optional<Service> service(String name) {
    return get(services, name);
  }

  Optional<Pod> pod(String name) {
    return get(pods, name);
  }

  private <T> Optional<T> get(SharedIndexInformer<T> informer, String name) {
    return Optional.ofNullable(informer.getStore().getByKey(namespace + "/" + name));
  }

  /** Whether some desktop runs an image. */
  boolean runs(String image) {
    return isCurrent()
        && pods.getStore().list().stream()
            .filter(pod -> pod.getSpec().getContainers().getFirst().getImage().equals(image))
            .anyMatch(pod -> new PodLook(pod).hasImage());
  }

  /** How many changes of pods were heard of. */
  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when more changes were heard of, or time is up; whether there were more. */
  boolean awaitChange(long seen, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (changes == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return changes != seen;
    } finally {
      lock.unlock();
    }
  }

  @PreDestroy
  void close() {
    services.close();
    pods.close();
  }

  /** Wakes who waits, and tells of pods that end or go. */
  private final class Heard implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      wake();
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
      wake();
      if (hasEnded(now) && !hasEnded(before)) {
        ended(now);
      }
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      wake();
      ended(pod);
    }

    private boolean hasEnded(Pod pod) {
      return new PodLook(pod).state() == State.EXITED;
    }

    private void wake() {
      lock.lock();
      try {
        changes++;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private void ended(Pod pod) {
      sessionOf(pod).ifPresent(session -> watches.forEach(watch -> watch.ended(session)));
    }
  }

  /** Whose an object is, nothing if its label is unreadable. */
  static Optional<UUID> sessionOf(HasMetadata object) {
    @Nullable String label = object.getMetadata().getLabels().get(Labels.SESSION);
    try {
      return label == null ? Optional.empty() : Optional.of(UUID.fromString(label));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
