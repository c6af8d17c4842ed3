package io.berth.session.container.kubernetes;

import io.berth.common.DesktopTypeName;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.InstanceConfig;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import jakarta.enterprise.context.ApplicationScoped;

/** Claims volumes for homes: one per person and desktop type, which outlives every pod. */
@ApplicationScoped
class Homes {

  private final Cluster cluster;
  private final KubernetesConfig.Homes config;
  private final String instance;

  Homes(Cluster cluster, KubernetesConfig config, InstanceConfig instance) {
    this.cluster = cluster;
    this.config = config.homes();
    this.instance = instance.instance();
  }

  static String nameOf(String instance, String ownerId, DesktopTypeName type) {
    return "berth-%s-home-%s-%s".formatted(instance, ownerId, type);
  }

  /** The claim is there when this returns; a volume is bound when a pod wants it. */
  void claim(ContainerSpec spec) {
    DesktopTypeName type = spec.type().name();
    var unused =
        cluster.create(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(nameOf(instance, spec.ownerId(), type))
                .addToLabels(Labels.INSTANCE, instance)
                .addToLabels(Labels.OWNER, spec.ownerId())
                .addToLabels(Labels.DESKTOP_TYPE, type.value())
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
}
