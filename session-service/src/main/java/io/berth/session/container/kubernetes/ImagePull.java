package io.berth.session.container.kubernetes;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.DesktopType.Hardening;
import io.berth.session.catalogue.DesktopType.Profile.OfEngine;
import io.berth.session.catalogue.Placement;
import io.berth.session.container.Container.State;
import io.berth.session.container.ContainerRuntime.PullWatch;
import io.berth.session.container.ImageUnavailable;
import io.berth.session.container.InstanceConfig;
import io.berth.session.container.RuntimeUnavailable;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings an image to a node where its desktops may run, by a pod that does nothing else, and tells
 * how far that is by the pod's events. Nodes say no more than that it is under way: there is no
 * percentage of a download.
 */
@ApplicationScoped
class ImagePull {

  private static final Map<String, Integer> PROGRESS =
      Map.of("Scheduled", 5, "Pulling", 10, "Pulled", 95, "Created", 98, "Started", 99);

  private static final String PULL = "berth-image-pull";
  private static final Hardening NOTHING =
      new Hardening(true, 1000, new OfEngine(), new OfEngine(), true, Map.of(), Map.of());

  private final Cluster cluster;
  private final DesktopWatch watch;
  private final HardenedPod pods;
  private final Catalogue catalogue;
  private final KubernetesConfig config;
  private final String instance;
  private final Set<String> pulled = ConcurrentHashMap.newKeySet();

  ImagePull(
      Cluster cluster,
      DesktopWatch watch,
      HardenedPod pods,
      Catalogue catalogue,
      KubernetesConfig config,
      InstanceConfig instance) {
    this.cluster = cluster;
    this.watch = watch;
    this.pods = pods;
    this.catalogue = catalogue;
    this.config = config;
    this.instance = instance.instance();
  }

  /**
   * Whether a desktop has run it, or it was pulled. Which node has it is not asked: a desktop that
   * comes to another one waits there for its own pull.
   */
  boolean hasImage(String image) {
    return pulled.contains(image) || watch.runs(image);
  }

  /** It turned out not to be there. */
  void forget(String image) {
    pulled.remove(image);
  }

  /** See {@link io.berth.session.container.ContainerRuntime#pull}. */
  void run(String image, PullWatch wanted) {
    String name = "pull-" + UUID.nameUUIDFromBytes(image.getBytes(StandardCharsets.UTF_8));
    Instant end = Instant.now().plus(config.pullTimeout());
    Progress progress = new Progress();
    try (Watch _ = follow(name, progress)) {
      Optional<PodLook> news = Optional.empty();
      while (news.isEmpty() && wanted.goOn() && Instant.now().isBefore(end)) {
        // Or another replica's pod, or one that a crash left; if that one is removed, the next.
        var _ = cluster.create(pod(name, image));
        news = await(name, wanted, progress, end);
      }
      if (wanted.goOn()) {
        finish(image, news, wanted);
      }
    } finally {
      remove(name);
      removeLeftovers();
    }
  }

  private void remove(String name) {
    var _ = cluster.call(_ -> cluster.pod(name).withGracePeriod(0).delete());
  }

  /** What a service that died in the middle left behind has ended by its deadline. */
  private void removeLeftovers() {
    cluster
        .call(client ->
            client
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.INSTANCE, instance)
                .withLabel(Labels.NAME, PULL)
                .list()
                .getItems())
        .stream()
        .filter(pod -> new PodLook(pod).state() == State.EXITED)
        .forEach(pod -> remove(pod.getMetadata().getName()));
  }

  private void finish(String image, Optional<PodLook> news, PullWatch wanted) {
    Optional<String> failure =
        news.isEmpty() ? Optional.of("it took too long") : news.get().noImage();
    if (failure.isPresent()) {
      throw new ImageUnavailable(
          "The image %s can't be pulled (%s).".formatted(image, failure.get().strip()), null);
    }
    pulled.add(image);
    wanted.progress(100);
  }

  /** The pod once there is news of its image; nothing if it is gone, or nobody waits any more. */
  private Optional<PodLook> await(String name, PullWatch wanted, Progress progress, Instant end) {
    CompletableFuture<List<Pod>> news =
        cluster
            .client()
            .pods()
            .inNamespace(cluster.namespace())
            .withName(name)
            .informOnCondition(found ->
                found.isEmpty() || found.stream().map(PodLook::new).anyMatch(ImagePull::isNews));
    try {
      while (wanted.goOn() && Instant.now().isBefore(end)) {
        try {
          return news.get(500, TimeUnit.MILLISECONDS).stream().findFirst().map(PodLook::new);
        } catch (TimeoutException e) {
          wanted.progress(progress.percent.get());
        }
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeUnavailable("this service stops; another goes on", e);
    } catch (ExecutionException e) {
      throw cluster.unavailable(e);
    } finally {
      news.cancel(true);
    }
  }

  private static boolean isNews(PodLook look) {
    return look.hasImage() || look.noImage().isPresent();
  }

  private Pod pod(String name, String image) {
    return pods.empty(name, placementOf(image), NOTHING)
        .editMetadata()
        .addToLabels(Labels.INSTANCE, instance)
        .addToLabels(Labels.NAME, PULL)
        .endMetadata()
        .editSpec()
        .withActiveDeadlineSeconds(config.pullTimeout().toSeconds())
        .withTerminationGracePeriodSeconds(0L)
        .addNewContainer()
        .withName("pull")
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand("/bin/true") // also where the image has none: it was pulled by then
        .withSecurityContext(HardenedPod.contained(List.of()))
        .withNewResources()
        .addToLimits("cpu", new Quantity("100m"))
        .addToLimits("memory", new Quantity("64Mi"))
        .addToRequests("cpu", new Quantity("10m"))
        .addToRequests("memory", new Quantity("16Mi"))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }

  private Placement placementOf(String image) {
    return catalogue.types().stream()
        .filter(type ->
            type.image().name().equals(image)
                || type.standIn().filter(each -> each.name().equals(image)).isPresent())
        .findFirst()
        .map(DesktopType::placement)
        .orElse(Placement.ANYWHERE);
  }

  private Watch follow(String pod, Progress progress) {
    return cluster.call(client ->
        client
            .v1()
            .events()
            .inNamespace(cluster.namespace())
            .withField("involvedObject.name", pod)
            .watch(progress));
  }

  /** Listens to the events of one pod. */
  private static final class Progress implements Watcher<Event> {

    private final AtomicInteger percent = new AtomicInteger();

    @Override
    public void eventReceived(Action action, Event event) {
      percent.accumulateAndGet(
          PROGRESS.getOrDefault(Objects.requireNonNullElse(event.getReason(), ""), 0), Math::max);
    }

    @Override
    public void onClose(WatcherException cause) {
      // Without events it goes on, and says less.
    }
  }
}
