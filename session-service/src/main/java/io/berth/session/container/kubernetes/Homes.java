package io.berth.session.container.kubernetes;

import io.berth.session.container.HomeInUse;
import io.berth.session.container.HomeVolume;
import io.berth.session.container.InstanceConfig;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Claims volumes for homes: one per person and home, which outlives every pod. */
@ApplicationScoped
class Homes {

  /** Seconds that a claim may take to go. */
  private static final int GONE = 20;

  private final Cluster cluster;
  private final KubernetesConfig.Homes config;
  private final String instance;

  Homes(Cluster cluster, KubernetesConfig config, InstanceConfig instance) {
    this.cluster = cluster;
    this.config = config.homes();
    this.instance = instance.instance();
  }

  static String nameOf(String instance, HomeVolume home) {
    return "berth-%s-home-%s-%s".formatted(instance, home.ownerId(), home.home());
  }

  /** The claim is there when this returns; a volume is bound when a pod wants it. */
  void make(HomeVolume home) {
    var _ =
        cluster.create(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(nameOf(instance, home))
                .addToLabels(Labels.INSTANCE, instance)
                .addToLabels(Labels.OWNER, home.ownerId())
                .addToLabels(Labels.HOME, home.home())
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(config.storageClass().orElse(null))
                .withAccessModes(config.accessMode())
                .withNewResources()
                .addToRequests("storage", new Quantity(Long.toString(config.size().asLongValue())))
                .endResources()
                .endSpec()
                .build());
  }

  /** See {@link io.berth.session.container.ContainerRuntime#homes}. */
  List<HomeVolume> list() {
    return cluster
        .call(client ->
            client
                .persistentVolumeClaims()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.INSTANCE, instance)
                .list()
                .getItems())
        .stream()
        .filter(claim -> claim.getMetadata().getDeletionTimestamp() == null)
        .map(claim -> read(claim.getMetadata().getLabels()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** See {@link io.berth.session.container.ContainerRuntime#removeHome}. */
  void remove(HomeVolume home) {
    String name = nameOf(instance, home);
    // The cluster would only mark a claim that a pod has, and take it away under the next desktop.
    if (isInUse(home)) {
      throw new HomeInUse("a desktop has the home " + name, null);
    }
    var _ = cluster.call(client -> claim(name).withTimeout(GONE, TimeUnit.SECONDS).delete());
  }

  /** Whether a desktop has it, also one that rests: its Service stays. */
  private boolean isInUse(HomeVolume home) {
    return !cluster
        .call(client ->
            client
                .services()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.INSTANCE, instance)
                .withLabel(Labels.OWNER, home.ownerId())
                .withLabel(Labels.HOME, home.home())
                .list()
                .getItems())
        .isEmpty();
  }

  private Resource<PersistentVolumeClaim> claim(String name) {
    return cluster
        .client()
        .persistentVolumeClaims()
        .inNamespace(cluster.namespace())
        .withName(name);
  }

  private static Optional<HomeVolume> read(Map<String, String> labels) {
    String owner = labels.get(Labels.OWNER);
    String home = labels.get(Labels.HOME);
    try {
      return owner == null || home == null
          ? Optional.empty()
          : Optional.of(new HomeVolume(owner, home));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // labelled by hand
    }
  }
}
