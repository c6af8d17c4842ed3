package io.berth.session.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which nodes of a cluster desktops of a type run, and what is set aside for them there. One
 * host has no use for it.
 *
 * @param nodeSelector labels that the node must have
 * @param priorityClass which desktops go first, and which last, when nodes are full
 * @param runtimeClass how its containers are run, such as a sandbox
 * @param gpuResource what the cluster calls a graphics processor
 * @param memoryRequest bytes of memory set aside; its limit may be higher
 * @param cpuRequest processors set aside
 */
public record Placement(
    Map<String, String> nodeSelector,
    List<Toleration> tolerations,
    Optional<String> priorityClass,
    Optional<String> runtimeClass,
    String gpuResource,
    long memoryRequest,
    double cpuRequest) {

  /** Any node, with next to nothing set aside. */
  public static final Placement ANYWHERE =
      new Placement(Map.of(), List.of(), Optional.empty(), Optional.empty(), "", 0, 0);

  public Placement {
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
  }

  /** A taint of nodes that it may run on all the same. */
  public record Toleration(String key, Optional<String> value, Optional<String> effect) {

    private static final Pattern FORM =
        Pattern.compile(
            "([A-Za-z0-9._/-]+)(?:=([A-Za-z0-9._-]*))?(?::(NoSchedule|PreferNoSchedule|NoExecute))?");

    /** Reads {@code key}, {@code key=value}, {@code key:Effect} or {@code key=value:Effect}. */
    static Optional<Toleration> parse(String text) {
      Matcher matcher = FORM.matcher(text);
      return matcher.matches()
          ? Optional.of(
              new Toleration(
                  matcher.group(1),
                  Optional.ofNullable(matcher.group(2)),
                  Optional.ofNullable(matcher.group(3))))
          : Optional.empty();
    }
  }
}
