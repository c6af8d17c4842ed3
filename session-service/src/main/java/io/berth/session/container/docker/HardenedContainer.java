package io.berth.session.container.docker;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.DesktopType.Gpus;
import io.berth.session.catalogue.DesktopType.Hardening;
import io.berth.session.catalogue.DesktopType.Profile;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.InstanceConfig;
import io.berth.session.port.PortsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes containers that can do little: no capabilities but those that the type lists, no new
 * privileges, bounded memory, processors and processes, no engine socket, published on one loopback
 * port, on a network where desktops don't see each other.
 */
@ApplicationScoped
class HardenedContainer {

  /** A resolver that is none: an isolated desktop asks nobody, not even through the engine. */
  private static final String NO_RESOLVER = "127.0.0.1";

  /** The engine's resolver keeps silent when it has nobody to ask. */
  private static final List<String> GIVE_UP_SOON = List.of("timeout:1", "attempts:1");

  private final Engine engine;
  private final DesktopNetworks networks;
  private final HomeVolumes homes;
  private final String instance;
  private final String address;

  HardenedContainer(
      Engine engine,
      DesktopNetworks networks,
      HomeVolumes homes,
      InstanceConfig instance,
      PortsConfig ports) {
    this.engine = engine;
    this.networks = networks;
    this.homes = homes;
    this.instance = instance.instance();
    this.address = ports.address();
  }

  /** Makes network, home and container as needed; returns the container's id. */
  String create(ContainerSpec spec) {
    String network = networks.provide(spec.type());
    spec.home()
        .ifPresent(homes::make); // new, it takes its owner from the image: uid 1000 writes it
    DesktopType type = spec.type();
    List<String> environment = new ArrayList<>();
    type.environment().forEach((name, value) -> environment.add(name + "=" + value));
    environment.add(type.passwordVariable() + "=" + spec.password());
    return engine
        .call(client ->
            client
                .createContainerCmd(spec.image())
                .withName(spec.name())
                .withHostName(type.name().value())
                .withUser(Integer.toString(type.hardening().user()))
                .withEnv(environment)
                .withExposedPorts(ExposedPort.tcp(type.port()))
                .withLabels(
                    Map.of(
                        Labels.INSTANCE, instance,
                        Labels.SESSION, spec.sessionId().toString(),
                        Labels.GENERATION, Long.toString(spec.generation()),
                        Labels.OWNER, spec.ownerId(),
                        Labels.DESKTOP_TYPE, type.name().value()))
                .withHostConfig(limits(spec, network))
                .exec())
        .getId();
  }

  private HostConfig limits(ContainerSpec spec, String network) {
    DesktopType type = spec.type();
    DesktopType.Limits limits = type.limits();
    HostConfig host =
        HostConfig.newHostConfig()
            .withPrivileged(false)
            .withIpcMode("private")
            .withCgroupnsMode("private")
            .withCapDrop(Capability.ALL)
            .withCapAdd(capabilities(type))
            .withSecurityOpts(profiles(type.hardening()))
            .withMemory(limits.memory())
            .withMemorySwap(limits.memory()) // memory and swap together: no swap
            .withNanoCPUs((long) (limits.cpus() * 1e9))
            .withPidsLimit(limits.pids())
            .withShmSize(limits.sharedMemory())
            .withUlimits(List.of(new Ulimit("nofile", limits.openFiles(), limits.openFiles())))
            .withOomScoreAdj(limits.oomScore())
            .withReadonlyRootfs(type.hardening().readOnlyRoot())
            .withTmpFs(tmpfs(type.hardening()))
            .withExtraHosts(extraHosts(type.hardening()))
            .withDeviceRequests(gpus(type.gpus()))
            .withDevices(devices(type.gpus()))
            .withNetworkMode(network)
            .withRestartPolicy(RestartPolicy.noRestart())
            .withLogConfig(
                new LogConfig(
                    LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "5m", "max-file", "1")))
            .withPortBindings(
                new PortBinding(
                    Ports.Binding.bindIpAndPort(address, spec.hostPort().orElseThrow()),
                    ExposedPort.tcp(type.port())));
    type.home()
        .ifPresent(home ->
            host.withBinds(
                new Bind(homes.name(spec.home().orElseThrow()), new Volume(home.path()))));
    if (type.hardening().isolated()) {
      host.withDns(NO_RESOLVER).withDnsOptions(GIVE_UP_SOON);
    }
    return host;
  }

  private static List<String> profiles(Hardening hardening) {
    List<String> options = new ArrayList<>(List.of("no-new-privileges"));
    profile("seccomp", hardening.seccomp()).ifPresent(options::add);
    profile("apparmor", hardening.appArmor()).ifPresent(options::add);
    return options;
  }

  private static Optional<String> profile(String kind, Profile profile) {
    return switch (profile) {
      case Profile.OfEngine() -> Optional.empty();
      case Profile.Unconfined() -> Optional.of(kind + "=unconfined");
      case Profile.Given(String given) -> Optional.of(kind + "=" + given);
    };
  }

  private static Map<String, String> tmpfs(Hardening hardening) {
    Map<String, String> folders = new TreeMap<>();
    hardening
        .tmpfs()
        .forEach(
            (folder, size) -> folders.put(folder, "rw,exec,nosuid,nodev,mode=1777,size=" + size));
    return folders;
  }

  private static String[] extraHosts(Hardening hardening) {
    return hardening.extraHosts().entrySet().stream()
        .map(host -> host.getKey() + ":" + host.getValue())
        .toArray(String[]::new);
  }

  private static List<DeviceRequest> gpus(Gpus gpus) {
    return gpus.count() == 0
        ? List.of()
        : List.of(
            new DeviceRequest().withCount(gpus.count()).withCapabilities(List.of(List.of("gpu"))));
  }

  private static List<Device> devices(Gpus gpus) {
    return gpus.devices().stream().map(device -> new Device("rw", device, device)).toList();
  }

  private static Capability[] capabilities(DesktopType type) {
    try {
      return type.capabilities().stream().map(Capability::valueOf).toArray(Capability[]::new);
    } catch (IllegalArgumentException e) {
      throw new ContainerRefused("The desktop type lists an unknown capability.", e);
    }
  }
}
