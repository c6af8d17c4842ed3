package io.berth.session.container.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.InstanceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/**
 * The networks of desktops: one from which they reach the internet, one from which they reach
 * nothing. On neither do they see each other. What the engine can't do, keeping them from this host
 * and its networks, rules of the packet filter do for the bridge that is named here (ADR 35).
 */
@ApplicationScoped
class DesktopNetworks {

  private static final String TALK = "com.docker.network.bridge.enable_icc";
  private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  private static final String BRIDGE = "com.docker.network.bridge.name";
  private static final String ISOLATED = "-isolated";
  private static final String ISOLATED_BRIDGE = "-i";

  private final Engine engine;
  private final String instance;
  private final String bridge;

  DesktopNetworks(Engine engine, InstanceConfig instance, DockerConfig config) {
    this.engine = engine;
    this.instance = instance.instance();
    this.bridge = config.bridge().orElseGet(() -> bridgeOf(this.instance));
  }

  /** The network for a desktop type; it is there when this returns. */
  String provide(DesktopType type) {
    boolean isolated = type.hardening().isolated();
    String name = "berth-" + instance + (isolated ? ISOLATED : "");
    try {
      engine.call(client -> client.inspectNetworkCmd().withNetworkId(name).exec());
    } catch (NotFoundException missing) {
      make(name, isolated);
    }
    return name;
  }

  private void make(String name, boolean isolated) {
    Map<String, String> options = new HashMap<>(Map.of(TALK, "false"));
    if (isolated) {
      options.put(MASQUERADE, "false"); // nothing outside could answer, even without rules
    }
    options.put(BRIDGE, bridge + (isolated ? ISOLATED_BRIDGE : ""));
    try {
      engine.call(client ->
          client
              .createNetworkCmd()
              .withName(name)
              .withDriver("bridge")
              .withEnableIpv6(false)
              .withCheckDuplicate(true)
              .withOptions(options)
              .withLabels(Map.of(Labels.INSTANCE, instance))
              .exec());
    } catch (DockerException made) {
      // Another worker was quicker: of two bridges with one name an engine makes one, while two
      // networks with one name it may well make, and then starts nothing on either.
      engine.call(client -> client.inspectNetworkCmd().withNetworkId(name).exec());
    }
  }

  /** The same for all replicas; at most 15 characters, with what an isolated one adds. */
  private static String bridgeOf(String instance) {
    return "bt%08x".formatted(instance.hashCode());
  }
}
