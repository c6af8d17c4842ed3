package io.berth.guard.rule;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** The desktops' network: a bridge of our own on which containers don't see each other. */
public final class NetworkRule {

  private static final String NO_TALK = "com.docker.network.bridge.enable_icc";

  private static final Set<String> OPTIONS =
      Set.of(
          NO_TALK,
          "com.docker.network.bridge.enable_ip_masquerade",
          "com.docker.network.bridge.name");

  private final Shape shape;

  public NetworkRule(Own own) {
    this.shape =
        new Shape()
            .must("Name", Rules.text(own::isNetworkName, own.network() + "[-isolated]"))
            .may("Driver", Rules.oneOf("bridge"))
            .may("CheckDuplicate", Rules.yes())
            .may("Internal", Rules.yes())
            .must("Options", Rules.texts(OPTIONS::contains, Map.of(NO_TALK, "false")))
            .must("Labels", own.labels());
  }

  /** The body to send for the one given. */
  public JsonObject check(JsonObject body) throws Refused {
    return shape.check("", body);
  }
}
