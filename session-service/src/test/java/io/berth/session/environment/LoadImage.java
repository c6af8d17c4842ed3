package io.berth.session.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Brings an image of this machine's engine to the cluster's nodes, which can pull from nowhere. */
final class LoadImage {

  private LoadImage() {}

  /**
   * By the command that BERTH_KUBE_LOAD names, which reads a docker-save archive; without one, by
   * the containerd socket of a test cluster that keeps its kubeconfig in a folder beside it.
   */
  static void load(String image) {
    List<String> load =
        Optional.ofNullable(System.getenv("BERTH_KUBE_LOAD"))
            .map(command -> List.of("sh", "-c", command))
            .or(LoadImage::besideKubeconfig)
            .orElseThrow(() ->
                new IllegalStateException(
                    "set BERTH_KUBE_LOAD to a command that reads a docker-save archive into the cluster"));
    try (InputStream archive = Engine.docker().saveImageCmd(image).exec()) {
      Process process = new ProcessBuilder(load).redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        archive.transferTo(in);
      }
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(load + ": " + said);
      }
    } catch (IOException e) {
      throw new IllegalStateException(load.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Optional<List<String>> besideKubeconfig() {
    Path folder = Path.of(Objects.requireNonNull(System.getenv("KUBECONFIG"))).getParent();
    Path socket = folder == null ? Path.of("none") : folder.resolveSibling("containerd.sock");
    return Files.exists(socket)
        ? Optional.of(
            List.of("ctr", "-a", socket.toString(), "-n", "k8s.io", "images", "import", "-"))
        : Optional.empty();
  }
}
