package io.berth.session.container.kubernetes;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.Placement;
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
    Progress progress = new Progress();
    var _ = cluster.create(pod(name, image)); // or another replica's, or one that a crash left
    try (Watch _ = follow(name, progress)) {
      PodLook look = new PodLook(await(name, image, wanted, progress));
      if (!wanted.goOn()) {
        return;
      }
      if (look.noImage().isPresent() || !look.hasImage()) {
        throw failed(image, look.noImage().or(look::noNode).orElse("nothing arrived in time"));
      }
      pulled.add(image);
      wanted.progress(100);
    } finally {
      var _ = cluster.call(client -> cluster.pod(name).withGracePeriod(0).delete());
    }
  }

  /** The pod as it was when there was news of its image, or when nobody waits any more. */
  private Pod await(String name, String image, PullWatch wanted, Progress progress) {
    Instant end = Instant.now().plus(config.pullTimeout());
    CompletableFuture<List<Pod>> news =
        cluster
            .client()
            .pods()
            .inNamespace(cluster.namespace())
            .withName(name)
            .informOnCondition(
                found -> found.stream().map(PodLook::new).anyMatch(ImagePull::isNews));
    try {
      while (wanted.goOn() && Instant.now().isBefore(end)) {
        try {
          return news.get(500, TimeUnit.MILLISECONDS).getFirst();
        } catch (TimeoutException e) {
          wanted.progress(progress.percent.get());
        }
      }
      return cluster
          .findPod(name)
          .orElseThrow(() -> failed(image, "the pod that pulled it was removed"));
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
    return pods.empty(name, placementOf(image))
        .editMetadata()
        .addToLabels(Labels.INSTANCE, instance)
        .addToLabels(Labels.NAME, "berth-image-pull")
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

  private static ImageUnavailable failed(String image, String reason) {
    return new ImageUnavailable(
        "The image %s can't be pulled (%s).".formatted(image, reason.strip()), null);
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
