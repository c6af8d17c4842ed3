package io.berth.guard.rule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A container as {@code HardenedContainer} of session-service makes it, and no other: what is not
 * listed here can't be said.
 */
public final class ContainerRule {

  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}(/tcp)?");
  private static final Pattern NO_ROOT = Pattern.compile("[1-9][0-9]{0,8}");

  /** An address, not the engine's word for its host, nor a metadata service's. */
  private static final Pattern EXTRA_HOST =
      Pattern.compile("[A-Za-z0-9.-]+:(?!127\\.|169\\.254\\.|0\\.)[0-9a-fA-F.:]+");

  private static final String NO_NEW_PRIVILEGES = "no-new-privileges";

  private final Own own;
  private final Set<String> capabilities;
  private final Shape shape;

  public ContainerRule(Own own, Images images, Publishing publishing, List<String> capabilities) {
    this.own = own;
    this.capabilities = new HashSet<>(capabilities);
    Shape log =
        new Shape()
            .must("Type", Rules.oneOf("json-file", "local"))
            .may("Config", Rules.texts(Set.of("max-size", "max-file")::contains, Map.of()));
    Shape binding =
        new Shape().must("HostIp", publishing.address()).must("HostPort", publishing.port());
    Shape host =
        new Shape()
            .must("CapDrop", Rules.listOf(Rules.oneOf("ALL")))
            .may("CapAdd", Rules.listOf(capability()))
            .must(
                "SecurityOpt",
                Rules.listOf(Rules.oneOf(NO_NEW_PRIVILEGES, NO_NEW_PRIVILEGES + ":true")))
            .must("Memory", Rules.positive())
            .may("MemorySwap", Rules.positive())
            .may("MemoryReservation", Rules.positive())
            .must("NanoCpus", Rules.positive())
            .must("PidsLimit", Rules.positive())
            .may("ShmSize", Rules.positive())
            .must("NetworkMode", Rules.oneOf(own.network(), own.isolatedNetwork(), "none"))
            .may("RestartPolicy", Rules.object(new Shape().may("Name", Rules.oneOf("no"))))
            .may("LogConfig", Rules.object(log))
            .may("PortBindings", ports(Rules.listOf(Rules.object(binding))))
            .may("Binds", Rules.listOf(bind()))
            .may("IpcMode", Rules.oneOf("private"))
            .may("CgroupnsMode", Rules.oneOf("private"))
            .may("DnsOptions", Rules.listOf(Rules.oneOf("timeout:1", "attempts:1")))
            .may("Dns", Rules.listOf(Rules.oneOf("127.0.0.1")))
            .may("ExtraHosts", Rules.listOf(extraHost()))
            .may("OomScoreAdj", Rules.positive())
            .may("Tmpfs", Rules.texts(folder -> folder.startsWith("/"), Map.of()))
            .may("Ulimits", Rules.listOf(Rules.object(openFiles())))
            .may("Init", Rules.yes())
            .may("ReadonlyRootfs", Rules.yes());
    this.shape =
        new Shape()
            .must("Image", (where, value) -> images.require(String.valueOf(value)))
            .may("Hostname", Rules.anyText())
            .may("User", Rules.text(NO_ROOT.asMatchPredicate(), "a number above 0"))
            .may("Env", Rules.listOf(Rules.anyText()))
            .may("ExposedPorts", ports((where, value) -> new JsonObject()))
            .must("Labels", own.labels())
            .must("HostConfig", Rules.object(host));
  }

  /** The body to send for the one given. */
  public JsonObject check(JsonObject body) throws Refused {
    return shape.check("", body);
  }

  /** The volumes that a checked body mounts; whose they are, only the engine knows. */
  public static List<String> volumes(JsonObject checked) {
    JsonArray binds = checked.getJsonObject("HostConfig").getJsonArray("Binds", new JsonArray());
    return binds.stream().map(bind -> String.valueOf(bind).split(":", 2)[0]).toList();
  }

  /** A volume of our own to a place in the container; never a path of the host. */
  private Shape.Rule bind() {
    return Rules.text(
        text -> {
          String[] parts = text.split(":", -1);
          return (parts.length == 2 || parts.length == 3)
              && own.isVolumeName(parts[0])
              && parts[1].startsWith("/")
              && (parts.length == 2 || Set.of("rw", "ro", "nocopy").contains(parts[2]));
        },
        "a volume %s…:/path".formatted("berth-" + own.instance() + "-"));
  }

  private static Shape.Rule extraHost() {
    return Rules.text(EXTRA_HOST.asMatchPredicate(), "name:address");
  }

  private static Shape openFiles() {
    return new Shape()
        .must("Name", Rules.oneOf("nofile"))
        .must("Soft", Rules.positive())
        .must("Hard", Rules.positive());
  }

  private Shape.Rule capability() {
    return Rules.text(
        text -> {
          String name = text.toUpperCase(Locale.ROOT);
          return capabilities.contains(name.startsWith("CAP_") ? name.substring(4) : name);
        },
        "one of berth.guard.capabilities " + capabilities);
  }

  private static Shape.Rule ports(Shape.Rule each) {
    return (where, value) -> {
      if (!(value instanceof JsonObject object)) {
        throw new Refused(where + " must be an object");
      }
      JsonObject sent = new JsonObject();
      for (Map.Entry<String, Object> entry : object) {
        if (!PORT.matcher(entry.getKey()).matches()) {
          throw new Refused(where + "." + entry.getKey() + " is no TCP port");
        }
        Object inner = entry.getValue() == null ? new JsonArray() : entry.getValue();
        sent.put(entry.getKey(), each.check(where + "." + entry.getKey(), inner));
      }
      return sent;
    };
  }
}
