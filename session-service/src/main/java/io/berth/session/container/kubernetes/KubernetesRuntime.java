package io.berth.session.container.kubernetes;

import io.berth.session.catalogue.PauseMode;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.HomeNotPacked;
import io.berth.session.container.HomeVolume;
import io.berth.session.container.ImageUnavailable;
import io.berth.session.container.InstanceConfig;
import io.berth.session.container.RunsOn;
import io.berth.session.container.RuntimeKind;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Runs desktops in a namespace of a Kubernetes cluster, by the fabric8 client. */
@ApplicationScoped
@RunsOn(RuntimeKind.KUBERNETES)
class KubernetesRuntime implements ContainerRuntime {

  private final Cluster cluster;
  private final DesktopWatch watch;
  private final DesktopObjects objects;
  private final Homes homes;
  private final PodSteps steps;
  private final ImagePull pull;
  private final String instance;

  KubernetesRuntime(
      Cluster cluster,
      DesktopWatch watch,
      DesktopObjects objects,
      Homes homes,
      PodSteps steps,
      ImagePull pull,
      InstanceConfig instance) {
    this.cluster = cluster;
    this.watch = watch;
    this.objects = objects;
    this.homes = homes;
    this.steps = steps;
    this.pull = pull;
    this.instance = instance.instance();
  }

  @Override
  public boolean usesHostPorts() {
    return false;
  }

  @Override
  public void requireAvailable() {
    if (!watch.isCurrent()) {
      cluster.ping();
    }
  }

  @Override
  public boolean hasImage(String image) {
    return pull.hasImage(image);
  }

  @Override
  public void pull(String image, PullWatch watch) {
    pull.run(image, watch);
  }

  @Override
  public Container create(ContainerSpec spec) {
    Optional<Service> made = cluster.create(objects.service(spec));
    Service service =
        made.or(() -> cluster.findService(Labels.nameOf(spec.sessionId())))
            .orElseThrow(() -> new ContainerRefused(spec + " is gone again", null));
    var _ = cluster.create(objects.secret(spec, service));
    spec.home().ifPresent(homes::make);
    return objects.read(service, cluster.findPod(service.getMetadata().getName()));
  }

  @Override
  public void start(Container container) {
    Service service =
        cluster
            .findService(nameOf(container))
            .orElseThrow(() -> new ContainerRefused(container.name() + " is gone", null));
    try {
      steps.start(service);
    } catch (ImageUnavailable e) {
      pull.forget(objects.pod(service).getSpec().getContainers().getFirst().getImage());
      throw e;
    }
  }

  /** A pod has no freezer that its API reaches, so only its end makes a desktop rest. */
  @Override
  public void pause(Container container, PauseMode mode) {
    switch (mode) {
      case FREEZE -> {
        if (container.sessionId().flatMap(this::find).filter(Container::isRunning).isPresent()) {
          throw new ContainerRefused("Kubernetes can't freeze a pod.", null);
        }
      }
      case STOP -> steps.stop(nameOf(container));
    }
  }

  @Override
  public void resume(Container container) {
    start(container);
  }

  @Override
  public Optional<Container> find(UUID sessionId) {
    String name = Labels.nameOf(sessionId);
    return remembered(name)
        .filter(Container::isRunning)
        .or(() ->
            // Only that all is well is taken from memory, which may be a moment old.
            cluster.findService(name).map(service -> objects.read(service, cluster.findPod(name))));
  }

  @Override
  public List<Container> list() {
    List<Service> services = watch.isCurrent() ? watch.services() : cluster.listServices(instance);
    return services.stream()
        .flatMap(service -> DesktopWatch.sessionOf(service).flatMap(this::find).stream())
        .toList();
  }

  @Override
  public void remove(Container container) {
    steps.stop(nameOf(container));
    var _ = cluster.call(client -> cluster.service(nameOf(container)).delete());
  }

  @Override
  public void makeHome(HomeVolume home) {
    homes.make(home);
  }

  @Override
  public List<HomeVolume> homes() {
    return homes.list();
  }

  @Override
  public void removeHome(HomeVolume home) {
    homes.remove(home);
  }

  /** Nothing but a running pod reads a claim, and what runs there is people's own. */
  @Override
  public Optional<InputStream> archiveHome(HomeVolume home) {
    throw new HomeNotPacked("Kubernetes has nothing that packs a volume.");
  }

  @Override
  public List<String> lastLines(Container container, int lines) {
    try {
      return cluster
          .pod(nameOf(container))
          .inContainer(HardenedPod.CONTAINER)
          .tailingLines(lines)
          .getLog()
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 0) {
        throw cluster.unavailable(e);
      }
      return List.of(); // the pod is gone, or its log can't be read
    }
  }

  @Override
  public void watch(EndWatch ends) {
    watch.tell(ends);
  }

  private Optional<Container> remembered(String name) {
    return watch.isCurrent()
        ? watch.service(name).map(service -> objects.read(service, watch.pod(name)))
        : Optional.empty();
  }

  private static String nameOf(Container container) {
    return container.sessionId().map(Labels::nameOf).orElse(container.name());
  }
}
