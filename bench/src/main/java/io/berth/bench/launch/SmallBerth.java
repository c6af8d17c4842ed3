package io.berth.bench.launch;

import io.berth.bench.berth.LoginKey;
import io.berth.bench.berth.Neighbours;
import io.berth.bench.berth.RouteBook;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.process.ChildProcess;
import io.berth.bench.process.Children;
import io.berth.bench.process.FreePorts;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** PostgreSQL, session-service and the edge as they are deployed; only sign-in is stood in for. */
final class SmallBerth {

  /** Desktop type of which seats are kept. */
  static final String WARM = "bench-warm";

  /** The same without seats. */
  static final String COLD = "bench-cold";

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int DESKTOP_PORTS = 60;

  private static final List<String> JVM =
      List.of(
          "-Xms64m",
          "-Xmx256m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final String TYPE =
      """
          %1$s:
            title: Desktop
            image: %2$s
            scheme: http
            ready-path: /
            home: {keep: false}
            limits: {memory: 256M, pids: 200, shm-size: 16M}
            pool: {min: %3$d, max: %3$d}
      """;

  private final String instance;
  private final String origin;
  private final LoginKey key;
  private final PostgresServer postgres;

  private SmallBerth(String instance, String origin, LoginKey key, PostgresServer postgres) {
    this.instance = instance;
    this.origin = origin;
    this.key = key;
    this.postgres = postgres;
  }

  /**
   * Where it is.
   *
   * @param checkout where its services were built
   * @param children who ends it
   * @param folder for logs
   * @param instance what its containers and its network are labelled with
   */
  record Place(Checkout checkout, Children children, Path folder, String instance) {}

  /** Starts all of it, on free ports. */
  static SmallBerth start(Place place, String image, int seats)
      throws IOException, SQLException, InterruptedException {
    Files.createDirectories(place.folder());
    int edge = FreePorts.one();
    int session = FreePorts.one();
    int desktops = FreePorts.block(DESKTOP_PORTS);
    String origin = "http://127.0.0.1:" + edge;
    LoginKey key = new LoginKey(origin);
    Neighbours auth = place.children().adopt(new Neighbours(key.jwks(), FreePorts.one()));
    String authUrl = "http://127.0.0.1:" + auth.port();
    PostgresServer postgres = place.children().adopt(PostgresServer.startTemporary());
    RouteBook.migrateAuth(postgres, place.checkout());
    Path catalogue =
        Files.writeString(
            place.folder().resolve("catalogue.yaml"),
            "berth:\n  desktops:\n"
                + TYPE.formatted(WARM, image, seats)
                + TYPE.formatted(COLD, image, 0));

    Map<String, String> environment = new HashMap<>();
    environment.put("BERTH_PUBLIC_URL", origin);
    environment.put("BERTH_LOGIN_JWKS_URL", authUrl + "/auth/jwks");
    environment.put("BERTH_INSTANCE", place.instance());
    environment.put("BERTH_PORTS_RANGE", desktops + "-" + (desktops + DESKTOP_PORTS - 1));
    environment.put("BERTH_PORTS_QUARANTINE", "1s");
    environment.put("BERTH_CATALOGUE_FILE", catalogue.toString());
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", "berth_session");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password("berth_session"));
    service(place, "session-service", session, environment);

    environment = new HashMap<>();
    environment.put("BERTH_PUBLIC_URL", origin);
    environment.put("BERTH_PROXY_HOST", "127.0.0.1");
    environment.put("BERTH_PROXY_PORT", Integer.toString(edge));
    environment.put("BERTH_PROXY_AUTH_SERVICE", authUrl);
    environment.put("BERTH_PROXY_SESSION_SERVICE", "http://127.0.0.1:" + session);
    environment.put(
        "BERTH_PROXY_ALLOWED_UPSTREAMS",
        "127.0.0.1:%d-%d".formatted(desktops, desktops + DESKTOP_PORTS - 1));
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", "berth_proxy");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password("berth_proxy"));
    service(place, "proxy-service", edge, environment);
    return new SmallBerth(place.instance(), origin, key, postgres);
  }

  private static void service(Place place, String name, int port, Map<String, String> environment)
      throws IOException, InterruptedException {
    int management = FreePorts.one();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(JVM);
    command.add("-jar");
    command.add(place.checkout().file(name + "/target/quarkus-app/quarkus-run.jar").toString());
    ChildProcess process =
        place
            .children()
            .adopt(
                ChildProcess.start(
                    name, command, environment, place.folder().resolve(name + ".log")));
    awaitReady(process, URI.create("http://127.0.0.1:" + management + "/q/health/ready"));
  }

  private static void awaitReady(ChildProcess process, URI health)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end && process.isAlive()) {
        try {
          HttpRequest request = HttpRequest.newBuilder(health).timeout(LIMIT).build();
          if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // Not yet.
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new WrongAnswer(process + " did not get ready:\n" + process.lastWords());
  }

  /** Waits until so many seats can be claimed. */
  void awaitSeats(int seats) throws SQLException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), "berth_session", postgres.password("berth_session"));
        Statement statement = connection.createStatement()) {
      while (System.nanoTime() < end) {
        try (ResultSet row =
            statement.executeQuery("SELECT count(*) FROM containers WHERE status = 'ready'")) {
          if (row.next() && row.getInt(1) >= seats) {
            return;
          }
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new WrongAnswer("no " + seats + " seats got ready within " + LIMIT);
  }

  /** What its containers and its network are labelled with. */
  String instance() {
    return instance;
  }

  /** Where it is for browsers. */
  String origin() {
    return origin;
  }

  /** A login of the number-th person. */
  String token(int number) {
    return key.token(new UUID(0x4265_7274_6800_4000L, number), slug(number));
  }

  /** Their name in addresses. */
  static String slug(int number) {
    return "person-%04d".formatted(number);
  }
}
