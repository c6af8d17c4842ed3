package io.berth.guard.call;

import io.berth.guard.rule.Refused;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a request line: one of the calls, or nothing that is let through. */
public final class Calls {

  private static final Pattern VERSION = Pattern.compile("^/v1\\.[0-9]{1,3}(?=/)");
  private static final Pattern IMAGE = Pattern.compile("/images/(.+)/json");
  private static final Pattern CONTAINER =
      Pattern.compile("/containers/([a-zA-Z0-9][a-zA-Z0-9_.-]*)(?:/([a-z]+))?");
  private static final Pattern VOLUME = Pattern.compile("/volumes/([a-zA-Z0-9][a-zA-Z0-9_.-]*)");
  private static final Pattern NETWORK = Pattern.compile("/networks/([a-zA-Z0-9][a-zA-Z0-9_.-]*)");
  private static final Set<String> ASKED = Set.of("/_ping", "/version", "/info");
  private static final String HOME_ENCODED = "%2Fhome%2F.";
  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9_.:-]*");

  /** What may be done with a container of our own, with the parameters that it takes. */
  private static final Map<String, Set<String>> ON_CONTAINERS =
      Map.ofEntries(
          Map.entry("GET json", Set.of("size")),
          Map.entry(
              "GET logs", Set.of("stdout", "stderr", "tail", "since", "timestamps", "follow")),
          Map.entry("GET stats", Set.of("stream", "one-shot")),
          Map.entry("POST start", Set.of()),
          Map.entry("POST stop", Set.of("t")),
          Map.entry("POST kill", Set.of("signal")),
          Map.entry("POST pause", Set.of()),
          Map.entry("POST unpause", Set.of()),
          Map.entry("POST rename", Set.of("name")),
          Map.entry("DELETE ", Set.of("v", "force")));

  private Calls() {}

  /** The call that a request makes. */
  public static Call read(String method, String uri) throws Refused {
    QueryStringDecoder decoder = new QueryStringDecoder(uri);
    String path = VERSION.matcher(decoder.path()).replaceFirst("");
    Map<String, List<String>> query = decoder.parameters();
    return switch (method + " " + path) {
      case "GET /containers/json" ->
          new Call.ListContainers(isTrue(query, "all"), one(query, "filters"));
      case "POST /containers/create" -> new Call.CreateContainer(plain(query, "name"));
      case "POST /volumes/create" -> new Call.CreateVolume();
      case "GET /volumes" -> new Call.ListVolumes(one(query, "filters"));
      case "POST /networks/create" -> new Call.CreateNetwork();
      case "GET /events" -> new Call.Events(one(query, "filters"));
      case "POST /images/create" -> pull(query);
      default -> readOne(method, path, query);
    };
  }

  private static Call readOne(String method, String path, Map<String, List<String>> query)
      throws Refused {
    if (method.equals("GET") && ASKED.contains(path)) {
      return new Call.Ask(path);
    }
    Matcher image = IMAGE.matcher(path);
    if (method.equals("GET") && image.matches()) {
      return new Call.InspectImage(image.group(1));
    }
    Matcher container = CONTAINER.matcher(path);
    if (container.matches()) {
      String action = container.group(2) == null ? "" : container.group(2);
      if (method.equals("GET") && action.equals("archive") && isOfHome(query)) {
        return new Call.OfContainer(method, container.group(1), action, "?path=" + HOME_ENCODED);
      }
      Set<String> parameters = ON_CONTAINERS.get(method + " " + action);
      if (parameters != null) {
        return new Call.OfContainer(method, container.group(1), action, only(query, parameters));
      }
    }
    Matcher volume = VOLUME.matcher(path);
    if (volume.matches() && (method.equals("GET") || method.equals("DELETE"))) {
      return new Call.OfVolume(method, volume.group(1));
    }
    Matcher network = NETWORK.matcher(path);
    if (method.equals("GET") && network.matches()) {
      return new Call.InspectNetwork(network.group(1));
    }
    throw new Refused("%s %s is no call that Berth needs".formatted(method, path));
  }

  /** Downloads of homes read nothing else of a container. */
  private static boolean isOfHome(Map<String, List<String>> query) throws Refused {
    return query.keySet().equals(Set.of("path")) && one(query, "path").equals("/home/.");
  }

  private static Call pull(Map<String, List<String>> query) throws Refused {
    for (String name : query.keySet()) {
      if (!Set.of("fromImage", "tag", "platform").contains(name) && !one(query, name).isEmpty()) {
        throw new Refused("a pull may not say " + name); // fromSrc makes an image of any bytes
      }
    }
    return new Call.PullImage(one(query, "fromImage"), plain(query, "tag"));
  }

  private static String only(Map<String, List<String>> query, Set<String> names) throws Refused {
    QueryStringEncoder sent = new QueryStringEncoder("");
    for (String name : query.keySet()) {
      if (names.contains(name)) {
        sent.addParam(name, plain(query, name));
      } else if (!one(query, name).isEmpty()) {
        throw new Refused("the parameter " + name + " may not be set");
      }
    }
    return sent.toString();
  }

  private static boolean isTrue(Map<String, List<String>> query, String name) throws Refused {
    return Set.of("1", "true", "True").contains(one(query, name));
  }

  private static String plain(Map<String, List<String>> query, String name) throws Refused {
    String value = one(query, name);
    if (!PLAIN.matcher(value).matches()) {
      throw new Refused("the parameter " + name + " has characters that it may not have");
    }
    return value;
  }

  private static String one(Map<String, List<String>> query, String name) throws Refused {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new Refused("the parameter " + name + " is there twice");
    }
    return values.isEmpty() ? "" : values.getFirst();
  }
}
