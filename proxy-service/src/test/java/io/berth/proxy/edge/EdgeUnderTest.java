package io.berth.proxy.edge;

import io.berth.proxy.upstream.Head;
import io.berth.proxy.upstream.ScriptedUpstream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An edge with everything around it: database, issuer, session-service. */
final class EdgeUnderTest implements AutoCloseable {

  private final TestIssuer issuer = new TestIssuer();
  private final ScriptedUpstream session = new ScriptedUpstream(EdgeUnderTest::portal);
  private final Lines lines;
  private final EdgeServer server;

  /** The ways to what the edge depends on. */
  record Lines(Line database, Line auth, Line session) {

    static Lines make() {
      return new Lines(new Line(), new Line(), new Line());
    }
  }

  EdgeUnderTest(Map<String, String> settings) {
    TestDatabase database = TestDatabase.shared();
    lines = Lines.make();
    lines.database().to(database.port());
    lines.auth().to(issuer.port());
    lines.session().to(session.port());
    Map<String, String> all = new HashMap<>();
    all.put("berth.proxy.host", "127.0.0.1");
    all.put("berth.proxy.port", "0");
    all.put("berth.proxy.event-loops", "2");
    all.put("berth.proxy.auth-service", "http://127.0.0.1:" + lines.auth().port());
    all.put("berth.proxy.session-service", "http://127.0.0.1:" + lines.session().port());
    all.put("berth.proxy.allowed-upstreams", "127.0.0.1:1024-65535");
    all.put("berth.proxy.drain-tunnels", "0s");
    all.put("berth.proxy.drain-requests", "0s");
    all.putAll(settings);
    server =
        new EdgeServer(
            config(all),
            Addresses.of(
                URI.create(all.getOrDefault("berth.public-url", TestIssuer.URL)),
                Optional.ofNullable(all.get("berth.desktop-domain"))),
            database.addressFor("berth_proxy").setPort(lines.database().port()),
            database.vertx(),
            new SimpleMeterRegistry());
  }

  static EdgeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(EdgeConfig.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build()
        .getConfigMapping(EdgeConfig.class);
  }

  static EdgeUnderTest started() {
    return started(Map.of());
  }

  static EdgeUnderTest started(Map<String, String> settings) {
    EdgeUnderTest edge = new EdgeUnderTest(settings);
    try {
      edge.server.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Eventually.eventually(
        "ready",
        () -> edge.state().routesLoaded() && edge.state().keysKnown() && edge.state().listening());
    return edge;
  }

  /** session-service gives each request's head back as text. */
  private static boolean portal(Head head, InputStream in, java.io.OutputStream out)
      throws IOException {
    int length = head.header("Content-Length").map(Integer::parseInt).orElse(0);
    byte[] body = in.readNBytes(length);
    if (head.header("Transfer-Encoding").isPresent()) {
      readChunks(in);
    }
    String text = head.text() + "body=" + body.length;
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-From: session\r\n\r\n"
            .formatted(text.length())
            .getBytes(StandardCharsets.ISO_8859_1));
    if (!head.method().equals("HEAD")) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return true;
  }

  /** To the end of a body in chunks, whose bytes hold no such end. */
  private static void readChunks(InputStream in) throws IOException {
    StringBuilder last = new StringBuilder();
    for (int read = in.read(); read >= 0; read = in.read()) {
      last.append((char) read);
      if (last.toString().endsWith("0\r\n\r\n")) {
        return;
      }
      if (last.length() > 8) {
        last.deleteCharAt(0);
      }
    }
  }

  EdgeServer.State state() {
    return server.state();
  }

  void trace(Tracer tracer) {
    server.trace(tracer);
  }

  TestIssuer issuer() {
    return issuer;
  }

  ScriptedUpstream session() {
    return session;
  }

  Lines lines() {
    return lines;
  }

  boolean hasRoute(String path) {
    return server.hasRoute(path);
  }

  int port() {
    return server.port();
  }

  /** The port for plain HTTP beside TLS. */
  int redirectPort() {
    return server.redirectPort();
  }

  /** Publishes a route and waits until this edge has it. */
  void publish(TestDatabase.TestRoute route) {
    TestDatabase.shared().publish(route);
    await(route.path());
  }

  /** Waits until a request of the route's kind can no longer be told from the database's state. */
  void await(String path) {
    Eventually.eventually("route " + path, () -> server.hasRoute(path));
  }

  void awaitNo(String path) {
    Eventually.eventually("no route " + path, () -> !server.hasRoute(path));
  }

  Browser browser() {
    return new Browser(port());
  }

  /** A browser that is signed in with a login of its own. */
  Browser browser(Person person) {
    return browser().cookie("berth=" + issuer.token(person, "login-" + person.slug()));
  }

  /** The same at this edge, with a login of another one's issuer. */
  Browser browserOf(EdgeUnderTest other, Person person) {
    return browser().cookie("berth=" + other.issuer().token(person, "login-" + person.slug()));
  }

  /** Stops as on SIGTERM; closing it afterwards is fine. */
  void stop() {
    server.close();
  }

  /** A browser at a desktop's own origin, let in there. */
  Browser browserAt(String desktop, Person person) {
    String token = issuer.desktopToken(person, "login-" + person.slug(), desktop);
    return at(desktop).cookie("berth-desktop=" + token);
  }

  /** A browser at a desktop's own origin, not let in. */
  Browser at(String desktop) {
    return browser().header("Host: " + desktop + ".desktops.test:5006");
  }

  @Override
  public void close() {
    server.close();
    lines.database().close();
    lines.auth().close();
    lines.session().close();
    session.close();
    issuer.close();
    TestDatabase.shared().as("berth_session", "DELETE FROM routes");
    TestDatabase.shared().as("berth_auth", "DELETE FROM auth.revocations");
  }
}
