package io.berth.guard.rule;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What belongs to one installation: its label, and the names of its network and volumes.
 *
 * @param instance the installation
 */
public record Own(String instance) {

  /** The label that session-service writes on all that it makes. */
  public static final String LABEL = "berth.instance";

  private static final Pattern VOLUME_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  public String network() {
    return "berth-" + instance;
  }

  /** The network of desktops that reach nothing. */
  public String isolatedNetwork() {
    return network() + "-isolated";
  }

  /** Whether a network's name is one of ours. */
  public boolean isNetworkName(String name) {
    return name.equals(network()) || name.equals(isolatedNetwork());
  }

  public boolean isVolumeName(String name) {
    return name.startsWith("berth-" + instance + "-") && VOLUME_NAME.matcher(name).matches();
  }

  /** The label as a filter writes it. */
  public String labelFilter() {
    return LABEL + "=" + instance;
  }

  /** Whether what the engine tells of a container, with its labels in {@code Config}, is ours. */
  public boolean ownsContainer(JsonObject inspected) {
    JsonObject config = inspected.getJsonObject("Config", new JsonObject());
    return isLabelled(config.getJsonObject("Labels"));
  }

  /**
   * Whether a volume is ours and nothing but a volume: one with driver options can be any folder of
   * the host.
   */
  public boolean ownsVolume(JsonObject inspected) {
    JsonObject options = inspected.getJsonObject("Options");
    return isLabelled(inspected.getJsonObject("Labels"))
        && "local".equals(inspected.getString("Driver"))
        && (options == null || options.isEmpty());
  }

  private boolean isLabelled(@org.jspecify.annotations.Nullable JsonObject labels) {
    return labels != null && instance.equals(labels.getValue(LABEL));
  }

  /** Labels as session-service writes them: ours, and no one else's. */
  Shape.Rule labels() {
    return Rules.texts(key -> key.startsWith("berth."), Map.of(LABEL, instance));
  }
}
