package io.berth.session.environment;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A namespace of the cluster that KUBECONFIG names, with volumes for homes and the test image on
 * its node.
 */
public final class TestCluster implements QuarkusTestResourceLifecycleManager {

  /** The namespace, and the storage class of its volumes. */
  public static final String NAMESPACE = "berth-" + TestEnvironment.INSTANCE;

  private static final int VOLUMES = 40;

  private final KubernetesClient client = new KubernetesClientBuilder().build();

  @Override
  public Map<String, String> start() {
    LoadImage.load(TestImage.make(Engine.docker()));
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    for (int i = 0; i < VOLUMES; i++) {
      volume(NAMESPACE + "-" + i);
    }
    return Map.of(
        "berth.runtime",
        "kubernetes",
        "berth.kubernetes.namespace",
        NAMESPACE,
        "berth.kubernetes.homes.storage-class",
        NAMESPACE,
        "berth.kubernetes.homes.size",
        "1M");
  }

  /** Nothing provides volumes here, so there are some, in folders that are everybody's. */
  private void volume(String name) {
    try {
      Path folder = Files.createTempDirectory(name);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
      client
          .resource(
              new PersistentVolumeBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels("berth.instance", TestEnvironment.INSTANCE)
                  .endMetadata()
                  .withNewSpec()
                  .withStorageClassName(NAMESPACE)
                  .addToCapacity("storage", new Quantity("1Mi"))
                  .withAccessModes("ReadWriteOnce")
                  .withPersistentVolumeReclaimPolicy("Retain")
                  .withNewHostPath(folder.toString(), "Directory")
                  .endSpec()
                  .build())
          .create();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    var _ = client.namespaces().withName(NAMESPACE).delete();
    var _ =
        client.persistentVolumes().withLabel("berth.instance", TestEnvironment.INSTANCE).delete();
    client.close();
  }
}
