package io.berth.session.container.kubernetes;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How desktops run on a cluster, {@code berth.kubernetes.*}. Which cluster is what KUBECONFIG or
 * the pod's own service account says, or {@code quarkus.kubernetes-client.*}.
 */
@ConfigMapping(prefix = "berth.kubernetes")
public interface KubernetesConfig {

  /** The namespace of the desktops, which has nothing else in it. Default berth-desktops. */
  @WithDefault("berth-desktops")
  String namespace();

  /** Secrets of that namespace with which images are pulled. Default: none. */
  Optional<List<String>> imagePullSecrets();

  /** How long an image may take to come to a node. Default 20 min. */
  @WithDefault("20m")
  Duration pullTimeout();

  /** How long a desktop may wait for a node that has room for it. Default 5 min. */
  @WithDefault("5m")
  Duration scheduleTimeout();

  /** How long a desktop may take to end by itself before it is killed. Default 5 s. */
  @WithDefault("5s")
  Duration stopGrace();

  /**
   * How long after that a pod that does not go, as on a node that is lost, is removed by force.
   * Default 60 s.
   */
  @WithDefault("60s")
  Duration forceAfter();

  /** How often all that was watched is looked at again. Default 5 min. */
  @WithDefault("5m")
  Duration resync();

  /** The homes. */
  Homes homes();

  /** Where homes are kept. */
  interface Homes {

    /** The storage class of new homes. Default: the cluster's own default. */
    Optional<String> storageClass();

    /** How big a new home is. Default 10G. */
    @WithDefault("10G")
    MemorySize size();

    /** How a home may be mounted, as Kubernetes spells it. Default ReadWriteOnce. */
    @WithDefault("ReadWriteOnce")
    String accessMode();
  }
}
