package io.berth.session.container.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.InstanceConfig;
import io.berth.session.port.PortsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes containers that can do little: no capabilities but those that the type lists, no new
 * privileges, bounded memory, processors and processes, no engine socket, published on one loopback
 * port, on a network where desktops don't see each other.
 */
@ApplicationScoped
class HardenedContainer {

  private static final String NO_TALK = "com.docker.network.bridge.enable_icc";

  private final Engine engine;
  private final String instance;
  private final String address;

  HardenedContainer(Engine engine, InstanceConfig instance, PortsConfig ports) {
    this.engine = engine;
    this.instance = instance.instance();
    this.address = ports.address();
  }

  /** Makes network, home and container as needed; returns the container's id. */
  String create(ContainerSpec spec) {
    String network = network();
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
            .withCapDrop(Capability.ALL)
            .withCapAdd(capabilities(type))
            .withSecurityOpts(List.of("no-new-privileges"))
            .withMemory(limits.memory())
            .withMemorySwap(limits.memory()) // memory and swap together: no swap
            .withNanoCPUs((long) (limits.cpus() * 1e9))
            .withPidsLimit(limits.pids())
            .withShmSize(limits.sharedMemory())
            .withNetworkMode(network)
            .withRestartPolicy(RestartPolicy.noRestart())
            .withLogConfig(
                new LogConfig(
                    LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "5m", "max-file", "1")))
            .withPortBindings(
                new PortBinding(
                    Ports.Binding.bindIpAndPort(address, spec.hostPort().orElseThrow()),
                    ExposedPort.tcp(type.port())));
    type.homePath().ifPresent(path -> host.withBinds(new Bind(home(spec), new Volume(path))));
    return host;
  }

  private static Capability[] capabilities(DesktopType type) {
    try {
      return type.capabilities().stream().map(Capability::valueOf).toArray(Capability[]::new);
    } catch (IllegalArgumentException e) {
      throw new ContainerRefused("The desktop type lists an unknown capability.", e);
    }
  }

  /** A new named volume takes its owner from the image, so uid 1000 can write it. */
  private String home(ContainerSpec spec) {
    String type = spec.type().name().value();
    String name = "berth-%s-home-%s-%s".formatted(instance, spec.ownerId(), type);
    engine.call(client ->
        client
            .createVolumeCmd()
            .withName(name)
            .withLabels(
                Map.of(
                    Labels.INSTANCE, instance,
                    Labels.OWNER, spec.ownerId(),
                    Labels.DESKTOP_TYPE, type))
            .exec());
    return name;
  }

  private String network() {
    String name = "berth-" + instance;
    try {
      engine.call(client -> client.inspectNetworkCmd().withNetworkId(name).exec());
    } catch (NotFoundException missing) {
      try {
        engine.call(client ->
            client
                .createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withOptions(Map.of(NO_TALK, "false"))
                .withLabels(Map.of(Labels.INSTANCE, instance))
                .exec());
      } catch (ConflictException made) {
        // Another worker was quicker.
      }
    }
    return name;
  }
}
