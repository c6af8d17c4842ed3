package io.berth.session.environment;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Podman with storage and a socket of the tests' own. */
public final class PodmanService implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Linux' CAP_SYS_RESOURCE, without which nobody raises limits; Podman wants to. */
  private static final int RAISE_LIMITS = 24;

  private static final String RUNC_AS_IT_IS =
      """
      #!/bin/sh
      # runc, with the limits that this machine has.
      previous=
      for word; do
        [ "$previous" != --bundle ] || sed -i 's/"rlimits":\\[[^]]*\\]/"rlimits":[]/' "$word/config.json"
        previous=$word
      done
      exec runc "$@"
      """;

  private final Path folder;
  private final Process process;
  private final DockerClient client;

  private PodmanService() throws IOException {
    folder = Files.createTempDirectory("berth-podman-");
    List<String> command = podman();
    if (!mayRaiseLimits()) {
      Path runc = Files.writeString(folder.resolve("runc"), RUNC_AS_IT_IS);
      runc.toFile().setExecutable(true);
      command.addAll(List.of("--runtime", runc.toString()));
    }
    command.addAll(List.of("system", "service", "--time=0", address()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Eventually.get(() -> Files.exists(folder.resolve("podman.sock")), there -> there);
    client = Engine.connect(address());
  }

  /** Whether Podman is installed and this user may make networks with it. */
  public static boolean canRun() {
    return "root".equals(System.getProperty("user.name"))
        && Command.of("podman", "--version").run(LIMIT).succeeded()
        && Command.of("podman", "info", "--format", "{{.Host.NetworkBackend}}")
            .run(LIMIT)
            .output()
            .contains("netavark");
  }

  public static PodmanService start() {
    try {
      return new PodmanService();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String address() {
    return "unix://" + folder.resolve("podman.sock");
  }

  public DockerClient client() {
    return client;
  }

  /** Brings an image over from Docker, unless it is there. */
  public void load(String image) {
    try {
      client.inspectImageCmd(image).exec();
    } catch (NotFoundException missing) {
      try (InputStream saved = Engine.docker().saveImageCmd(image).exec()) {
        client.loadImageCmd(saved).exec();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    Engine.clear(client, TestEnvironment.INSTANCE);
    client.close();
    process.destroy();
    Command.of("umount", "--lazy", folder.resolve("root/overlay").toString()).run(LIMIT);
    Command.of("rm", "-rf", "--one-file-system", folder.toString()).run(LIMIT);
  }

  private List<String> podman() {
    return new ArrayList<>(
        List.of(
            "podman",
            "--root",
            folder.resolve("root").toString(),
            "--runroot",
            folder.resolve("run").toString(),
            "--tmpdir",
            folder.resolve("tmp").toString(),
            "--network-config-dir",
            folder.resolve("networks").toString()));
  }

  private static boolean mayRaiseLimits() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("CapEff:"))
        .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
        .anyMatch(capabilities -> (capabilities & (1L << RAISE_LIMITS)) != 0);
  }
}
