package io.berth.guard;

import io.berth.guard.call.Call;
import io.berth.guard.engine.EngineSocket;
import io.berth.guard.engine.EngineSocket.Asked;
import io.berth.guard.rule.ContainerRule;
import io.berth.guard.rule.Images;
import io.berth.guard.rule.NetworkRule;
import io.berth.guard.rule.Own;
import io.berth.guard.rule.Publishing;
import io.berth.guard.rule.Refused;
import io.berth.guard.rule.VolumeRule;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/** What to ask the engine for a call; a failed future with {@link Refused} for what may not be. */
final class Permission {

  private static final String ENGINES_OWN = "bridge";

  private final Own own;
  private final Images images;
  private final ContainerRule containers;
  private final VolumeRule volumes;
  private final NetworkRule networks;
  private final EngineSocket engine;

  Permission(GuardConfig config, EngineSocket engine) {
    GuardConfig.Guarded guard = config.guard();
    this.own = new Own(config.instance());
    this.images = new Images(guard.images());
    this.containers =
        new ContainerRule(
            own, images, new Publishing(guard.addresses(), guard.ports()), guard.capabilities());
    this.volumes = new VolumeRule(own);
    this.networks = new NetworkRule(own);
    this.engine = engine;
  }

  Future<Asked> of(Call call, Buffer body) {
    try {
      return permit(call, body);
    } catch (Refused e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Asked> permit(Call call, Buffer body) throws Refused {
    return switch (call) {
      case Call.Ask(String path) -> get(path);
      case Call.InspectImage(String image) -> get("/images/" + images.require(image) + "/json");
      case Call.PullImage(String image, String tag) -> pull(image, tag);
      case Call.ListContainers(boolean all, String filters) ->
          get("/containers/json?all=" + all + "&filters=" + ours(filters));
      case Call.Events(String filters) -> get("/events?filters=" + ours(filters));
      case Call.ListVolumes(String filters) -> get("/volumes?filters=" + ours(filters));
      case Call.CreateContainer(String name) -> create(name, json(body));
      case Call.CreateVolume() -> post("/volumes/create", volumes.check(json(body)));
      case Call.CreateNetwork() -> post("/networks/create", networks.check(json(body)));
      case Call.InspectNetwork(String name) -> network(name);
      case Call.OfVolume(String method, String name) ->
          ifOurs(
              "/volumes/" + volume(name),
              own::ownsVolume,
              new Asked(method, "/volumes/" + name, Buffer.buffer()));
      case Call.OfContainer(String method, String id, String action, String query) ->
          container(method, id, action.isEmpty() ? query : "/" + action + query);
    };
  }

  private Future<Asked> pull(String image, String tag) throws Refused {
    String reference =
        tag.isEmpty() ? image : image + (tag.startsWith("sha256:") ? "@" : ":") + tag;
    images.require(reference);
    QueryStringEncoder uri = new QueryStringEncoder("/images/create");
    uri.addParam("fromImage", image);
    if (!tag.isEmpty()) {
      uri.addParam("tag", tag);
    }
    return Future.succeededFuture(Asked.of("POST", uri.toString()));
  }

  /** The body's volumes are checked too: a name says little, driver options say more. */
  private Future<Asked> create(String name, JsonObject body) throws Refused {
    JsonObject checked = containers.check(body);
    Asked asked =
        new Asked(
            "POST",
            name.isEmpty() ? "/containers/create" : "/containers/create?name=" + name,
            checked.toBuffer());
    Future<Asked> permitted = Future.succeededFuture(asked);
    for (String volume : ContainerRule.volumes(checked)) {
      permitted =
          permitted.compose(_ ->
              engine
                  .ask(Asked.of("GET", "/volumes/" + volume))
                  .compose(said ->
                      said.status() == 200 && own.ownsVolume(said.json())
                          ? Future.succeededFuture(asked)
                          : refused("the volume " + volume + " is no home of this installation")));
    }
    return permitted;
  }

  private Future<Asked> container(String method, String id, String rest) {
    return ifOurs(
        "/containers/" + id + "/json",
        own::ownsContainer,
        new Asked(method, "/containers/" + id + rest, Buffer.buffer()));
  }

  /** What is not there may be asked for: the engine says so itself, and callers need to hear it. */
  private Future<Asked> ifOurs(String look, Predicate<JsonObject> isOurs, Asked asked) {
    return engine
        .ask(Asked.of("GET", look))
        .compose(said ->
            said.status() == 404 || (said.status() == 200 && isOurs.test(said.json()))
                ? Future.succeededFuture(asked)
                : refused(look + " does not belong to this installation"));
  }

  private Future<Asked> network(String name) throws Refused {
    // The engine's default network says when the engine began, by which a desktop that went with
    // it is told from one that ended by itself (ADR 41).
    if (!own.isNetworkName(name) && !name.equals(ENGINES_OWN)) {
      throw new Refused("the network " + name + " does not belong to this installation");
    }
    return get("/networks/" + name);
  }

  private String volume(String name) throws Refused {
    if (!own.isVolumeName(name)) {
      throw new Refused("the volume " + name + " does not belong to this installation");
    }
    return name;
  }

  /** The filters with our label among them, whatever else they say. */
  private String ours(String filters) throws Refused {
    JsonObject all = filters.isEmpty() ? new JsonObject() : parse(filters);
    Object labels = all.getValue("label");
    JsonArray kept = new JsonArray().add(own.labelFilter());
    if (labels instanceof JsonArray array) {
      array.stream().filter(label -> !own.labelFilter().equals(label)).forEach(kept::add);
    } else if (labels != null) {
      throw new Refused("the filter label must be a list");
    }
    for (String name : all.fieldNames()) {
      if (name.equalsIgnoreCase("label") && !name.equals("label")) {
        throw new Refused("the filter " + name + " may not be set");
      }
    }
    QueryStringEncoder encoded = new QueryStringEncoder("");
    encoded.addParam("f", all.put("label", kept).encode());
    return encoded.toString().substring("?f=".length());
  }

  private static Future<Asked> get(String uri) {
    return Future.succeededFuture(Asked.of("GET", uri));
  }

  private static Future<Asked> post(String uri, JsonObject body) {
    return Future.succeededFuture(new Asked("POST", uri, body.toBuffer()));
  }

  private static Future<Asked> refused(String message) {
    return Future.failedFuture(new Refused(message));
  }

  private static JsonObject json(Buffer body) throws Refused {
    return parse(body.toString());
  }

  private static JsonObject parse(String text) throws Refused {
    try {
      return new JsonObject(text);
    } catch (DecodeException e) {
      throw new Refused("it is not JSON");
    }
  }
}
