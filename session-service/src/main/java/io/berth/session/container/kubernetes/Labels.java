package io.berth.session.container.kubernetes;

import io.berth.session.container.ContainerSpec;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The names, labels and annotations by which Berth knows its own objects in the cluster. */
final class Labels {

  static final String INSTANCE = "berth.instance";
  static final String SESSION = "berth.session";
  static final String GENERATION = "berth.generation";
  static final String OWNER = "berth.owner";
  static final String DESKTOP_TYPE = "berth.desktop-type";

  /** Which of its owner's homes a claim is, and which one a desktop has. */
  static final String HOME = "berth.home";

  /** Of a desktop that reaches nothing; the network policies let the others out by its absence. */
  static final String ISOLATED = "berth.isolated";

  /** Network policies tell desktops from whatever else may be there by it. */
  static final String NAME = "app.kubernetes.io/name";

  static final String DESKTOP = "berth-desktop";

  /**
   * Annotations of the Service: the container's name for people, its pod, whether it was started.
   */
  static final String CONTAINER_NAME = "berth.container-name";

  static final String POD = "berth.pod";
  static final String STARTED = "berth.started";

  private Labels() {}

  /** The name of a session's Service, Secret and pod; nothing else makes it. */
  static String nameOf(UUID sessionId) {
    return "desktop-" + sessionId;
  }

  static Map<String, String> of(ContainerSpec spec, String instance) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(NAME, DESKTOP);
    labels.put(INSTANCE, instance);
    labels.put(SESSION, spec.sessionId().toString());
    labels.put(GENERATION, Long.toString(spec.generation()));
    labels.put(OWNER, spec.ownerId());
    labels.put(DESKTOP_TYPE, spec.type().name().value());
    spec.home().ifPresent(home -> labels.put(HOME, home.home()));
    if (spec.type().hardening().isolated()) {
      labels.put(ISOLATED, "true");
    }
    return labels;
  }
}
