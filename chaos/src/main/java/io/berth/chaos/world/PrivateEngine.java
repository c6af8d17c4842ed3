package io.berth.chaos.world;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A Docker Engine of our own, which may be killed: its data, its bridge and its addresses are
 * nobody else's, and it leaves the host's firewall alone, so the host's engine does not notice.
 */
public final class PrivateEngine implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final String bridge;
  private final int network;
  private final DockerClient docker;

  private PrivateEngine(Path folder, int network) {
    this.folder = folder;
    this.network = network;
    this.bridge = "bchaos" + network;
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(address()).build();
    this.docker =
        DockerClientImpl.getInstance(
            config,
            new ApacheDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }

  /** Whether this machine lets us run one. */
  public static boolean isPossible() {
    return "root".equals(System.getProperty("user.name"))
        && program().isPresent()
        && Files.isExecutable(Path.of("/sbin/ip"));
  }

  private static Optional<Path> program() {
    return Stream.of("/usr/bin/dockerd", "/usr/sbin/dockerd", "/usr/local/bin/dockerd")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one in a new folder; returns when it answers. */
  static PrivateEngine make(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int attempt = 0; attempt < 20; attempt++) {
      int network = ThreadLocalRandom.current().nextInt(130, 250);
      PrivateEngine engine = new PrivateEngine(folder, network);
      if (Command.of("ip", "link", "add", engine.bridge, "type", "bridge").run(LIMIT).succeeded()) {
        Command.of("ip", "addr", "add", "10.%d.0.1/24".formatted(network), "dev", engine.bridge)
            .run(LIMIT);
        Command.of("ip", "link", "set", engine.bridge, "up").run(LIMIT);
        engine.start();
        return engine;
      }
    }
    throw new IllegalStateException("no bridge could be made for an engine");
  }

  /** Such as {@code unix:///tmp/…/docker.sock}. */
  String address() {
    return "unix://" + folder.resolve("docker.sock");
  }

  DockerClient docker() {
    return docker;
  }

  /** Starts it, also after it was killed; returns when it answers. */
  public void start() {
    try {
      // What a killed one left names processes that may be somebody else's by now.
      Files.deleteIfExists(folder.resolve("dockerd.pid"));
      Files.deleteIfExists(containerd());
      new ProcessBuilder(
              program().orElseThrow().toString(),
              "--data-root=" + folder.resolve("data"),
              "--exec-root=" + folder.resolve("exec"),
              "--pidfile=" + folder.resolve("dockerd.pid"),
              "--host=" + address(),
              "--bridge=" + bridge,
              "--default-address-pool=base=10.%d.128.0/17,size=26".formatted(network),
              "--iptables=false",
              "--ip6tables=false",
              "--ip-masq=false",
              "--ip-forward=false")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Waiting.until("the engine answers", this::answers);
  }

  boolean answers() {
    try {
      docker.pingCmd().exec();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** {@code kill -9} of the daemon; its containers run on until it comes back. */
  public void kill() {
    end(process(folder.resolve("dockerd.pid")).stream().toList());
  }

  /** What a host that loses its power does to it: daemon and containers are gone at once. */
  public void killWithContainers() {
    List<ProcessHandle> all =
        new ArrayList<>(process(folder.resolve("dockerd.pid")).stream().toList());
    all.addAll(process(containerd()).stream().toList());
    String shim = folder.resolve("exec").toString();
    ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains("containerd-shim"))
        .filter(process -> process.info().commandLine().orElse("").contains(shim))
        .forEach(process -> {
          all.add(process);
          all.addAll(process.descendants().toList());
        });
    end(all);
  }

  private Path containerd() {
    return folder.resolve("exec/containerd/containerd.pid");
  }

  private static Optional<ProcessHandle> process(Path file) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void end(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(PrivateEngine::thaw);
    Waiting.until("the engine is gone", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Where cgroups are of version 1, what is frozen dies only once it is thawed. */
  private static void thaw(ProcessHandle process) {
    try (Stream<String> cgroups =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "cgroup"))) {
      Optional<Path> state =
          cgroups
              .filter(line -> line.contains(":freezer:"))
              .map(line -> line.substring(line.lastIndexOf(':') + 1))
              .map(group -> Path.of("/sys/fs/cgroup/freezer" + group, "freezer.state"))
              .filter(Files::isWritable)
              .findFirst();
      if (state.isPresent()) {
        Files.writeString(state.get(), "THAWED");
      }
    } catch (IOException | UncheckedIOException e) {
      // It is dead already.
    }
  }

  /** Ends it and takes away all that it had. */
  @Override
  public void close() {
    killWithContainers();
    Command.of("ip", "link", "del", bridge).run(LIMIT);
    // Bridges of networks that its containers were on.
    Command.of(
            "sh",
            "-c",
            "for b in $(ip -o -4 addr | awk '$4 ~ /^10\\.%d\\.(12[89]|1[3-9].|2..)\\./ {print $2}'); do ip link del $b; done"
                .formatted(network))
        .run(LIMIT);
    Command.of(
            "sh",
            "-c",
            "grep -o ' %s[^ ]*' /proc/mounts | sort -r | xargs -r -n 1 umount -l".formatted(folder))
        .run(LIMIT);
    try {
      docker.close();
      Unpacked.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
