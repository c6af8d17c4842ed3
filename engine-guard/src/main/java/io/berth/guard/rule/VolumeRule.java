package io.berth.guard.rule;

import io.vertx.core.json.JsonObject;

/** A home: a plain volume of our own. Driver options could make it any folder of the host. */
public final class VolumeRule {

  private final Shape shape;

  public VolumeRule(Own own) {
    this.shape =
        new Shape()
            .must("Name", Rules.text(own::isVolumeName, "berth-" + own.instance() + "-…"))
            .may("Driver", Rules.oneOf("local"))
            .must("Labels", own.labels());
  }

  /** The body to send for the one given. */
  public JsonObject check(JsonObject body) throws Refused {
    return shape.check("", body);
  }
}
