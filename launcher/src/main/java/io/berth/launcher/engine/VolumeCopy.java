package io.berth.launcher.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import io.berth.launcher.console.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Copies volumes by a container that mounts them and is never started: owners and rights are kept,
 * and no program of an image is trusted with a home.
 */
final class VolumeCopy {

  private static final String AT = "/berth-volume";

  private final DockerClient client;

  VolumeCopy(DockerClient client) {
    this.client = client;
  }

  /** Something that is done with a container. */
  @FunctionalInterface
  private interface Work {
    void with(String container) throws IOException;
  }

  void read(String volume, Path archive) throws IOException {
    mounted(
        volume,
        container -> {
          try (InputStream bytes = client.copyArchiveFromContainerCmd(container, AT).exec()) {
            Files.copy(bytes, archive);
          }
        });
  }

  void write(String volume, Map<String, String> labels, Path archive) throws IOException {
    try {
      client.removeVolumeCmd(volume).exec();
    } catch (NotFoundException e) {
      // A new machine.
    }
    client.createVolumeCmd().withName(volume).withLabels(labels).exec();
    mounted(
        volume,
        container -> {
          try (InputStream bytes = new BufferedInputStream(Files.newInputStream(archive))) {
            client
                .copyArchiveToContainerCmd(container)
                .withTarInputStream(bytes)
                .withRemotePath("/") // not AT: the owner of "." itself would be left out
                .exec();
          }
        });
  }

  private void mounted(String volume, Work work) throws IOException {
    String container =
        client
            .createContainerCmd(anyImage())
            .withCmd("none")
            .withLabels(Map.of("berth.volume-copy", volume))
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withNetworkMode("none")
                    .withBinds(
                        // no copy: an image's own files must not come into a home
                        new Bind(volume, new Volume(AT), AccessMode.rw, SELContext.none, true)))
            .exec()
            .getId();
    try {
      work.with(container);
    } finally {
      client.removeContainerCmd(container).withForce(true).exec();
    }
  }

  private String anyImage() {
    return client.listImagesCmd().exec().stream()
        .findFirst()
        .map(Image::getId)
        .orElseThrow(() ->
            new Failure(
                "The container engine has no image to copy homes by: ./berth images build ubuntu-desktop"));
  }
}
