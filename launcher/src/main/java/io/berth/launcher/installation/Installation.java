package io.berth.launcher.installation;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One Berth on this machine: where its state is kept, its ports, address and secrets. */
public final class Installation {

  /** Where people reach this machine; a domain or address without scheme and port. */
  public static final String HOST_KEY = "DOCKER_HOST_URL";

  /** The domain below which desktops have origins of their own; none: they share the portal's. */
  public static final String DESKTOP_DOMAIN_KEY = "BERTH_DESKTOP_DOMAIN";

  /** Where traces go, in .env or the environment: an OTLP collector, {@code http://host:4317}. */
  public static final String TRACES_KEY = "BERTH_TRACES";

  /** Private networks, separated by commas, that desktops reach all the same. */
  public static final String NETWORKS_KEY = "BERTH_DESKTOP_NETWORKS";

  private static final Pattern NETWORK =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?");

  private final Checkout checkout;
  private final Path state;
  private final Ports ports;
  private final String host;
  private final Optional<String> desktopDomain;
  private final Optional<String> traces;
  private final List<String> desktopNetworks;
  private final Optional<TlsFiles> tls;
  private final PropertiesFile properties;

  private Installation(
      Checkout checkout,
      Path state,
      Ports ports,
      String host,
      Optional<String> desktopDomain,
      Optional<String> traces,
      List<String> desktopNetworks,
      Optional<TlsFiles> tls) {
    this.checkout = checkout;
    this.state = state;
    this.ports = ports;
    this.host = host;
    this.desktopDomain = desktopDomain;
    this.traces = traces;
    this.desktopNetworks = desktopNetworks;
    this.tls = tls;
    this.properties = new PropertiesFile(state.resolve("installation.properties"));
  }

  /**
   * The installation whose state is in {@code state}, on the port asked for, or the one it had, or
   * 5006.
   */
  public static Installation in(
      Checkout checkout, Path state, Optional<Integer> port, Map<String, String> environment) {
    Path folder = state.toAbsolutePath().normalize();
    PropertiesFile kept = new PropertiesFile(folder.resolve("installation.properties"));
    int edge = port.or(() -> kept.get("port").map(Integer::valueOf)).orElse(Ports.DEFAULT_EDGE);
    DotEnv settings = new DotEnv(checkout.file(".env"), environment);
    String host = settings.get(HOST_KEY).orElse("localhost").strip();
    Optional<String> desktops = settings.get(DESKTOP_DOMAIN_KEY).map(String::strip);
    if (!HOST.matcher(host).matches()) {
      throw new Failure(
          "%s is \"%s\": write a domain or an address only, without http:// and without a port, in .env."
              .formatted(HOST_KEY, host));
    }
    if (desktops.isPresent() && !HOST.matcher(desktops.get()).matches()) {
      throw new Failure(
          "%s is \"%s\": write a domain only, such as desktops.localhost."
              .formatted(DESKTOP_DOMAIN_KEY, desktops.get()));
    }
    List<String> networks =
        settings.get(NETWORKS_KEY).stream()
            .flatMap(value -> Stream.of(value.split(",")))
            .map(String::strip)
            .toList();
    for (String network : networks) {
      if (!NETWORK.matcher(network).matches()) {
        throw new Failure(
            "%s has \"%s\": write networks such as 10.20.0.0/16, with commas between them."
                .formatted(NETWORKS_KEY, network));
      }
    }
    try {
      return new Installation(
          checkout,
          folder,
          new Ports(edge),
          host.toLowerCase(Locale.ROOT),
          desktops,
          settings.get(TRACES_KEY).map(String::strip),
          networks,
          TlsFiles.in(checkout, settings));
    } catch (IllegalArgumentException e) {
      throw new Failure("--port %d: %s.".formatted(edge, e.getMessage()), e);
    }
  }

  /** Writes down what the next command must find again. */
  public void remember() {
    properties.keep("port", String.valueOf(ports.edge()));
  }

  /** What the containers of this installation are labelled with, apart from any other's. */
  public String id() {
    return properties.getOrKeep(
        "id", () -> "berth-" + Passwords.random(8).toLowerCase(Locale.ROOT));
  }

  /** Whether anything was ever started here. */
  public boolean exists() {
    return Files.exists(state.resolve("installation.properties"));
  }

  public Checkout checkout() {
    return checkout;
  }

  public Path state() {
    return state;
  }

  public Ports ports() {
    return ports;
  }

  public Secrets secrets() {
    return new Secrets(state);
  }

  /** Where browsers reach it, without a trailing slash. */
  public String publicUrl() {
    String origin = (tls.isPresent() ? "https://" : "http://") + host;
    return ports.edge() == (tls.isPresent() ? 443 : 80) ? origin : origin + ":" + ports.edge();
  }

  /** The domain below which desktops have origins of their own, if they do. */
  public Optional<String> desktopDomain() {
    return desktopDomain;
  }

  public String host() {
    return host;
  }

  /** What the edge speaks TLS with; nothing for plain http. */
  public Optional<TlsFiles> tls() {
    return tls;
  }

  /** The collector that traces go to; nothing if they are off. */
  public Optional<String> traces() {
    return traces;
  }

  /** The bridge of the desktops' network; interfaces have at most 15 letters. */
  public String bridge() {
    return "bt" + id().substring("berth-".length()).replaceAll("[^a-z0-9]", "");
  }

  /** Private networks that desktops reach. */
  public List<String> desktopNetworks() {
    return desktopNetworks;
  }

  public Path log(String part) {
    return state.resolve("logs").resolve(part + ".log");
  }

  public Path pidFile(String part) {
    return state.resolve("run").resolve(part + ".pid");
  }

  /** Where progress of image builds is written for session-service. */
  public Path imageProgress() {
    return state.resolve("images");
  }

  /** Bytes that can still be written beside the state. */
  public long freeDisk() {
    Path folder = state;
    while (!Files.exists(folder)) {
      folder = folder.resolveSibling("..").normalize();
    }
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
