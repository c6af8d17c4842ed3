package io.berth.chaos.world;

import com.github.dockerjava.api.DockerClient;
import io.berth.chaos.desktop.ChaosDesktop;
import io.berth.common.LoginClaims;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.image.JdkImage;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.installation.Passwords;
import io.berth.launcher.postgres.PostgresServer;
import io.berth.launcher.postgres.PostgresSettings;
import io.berth.launcher.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All of Berth but sign-in, in processes that can be killed. Leases are short here. */
public final class World implements AutoCloseable {

  /** The desktop types that there are. */
  public static final List<String> TYPES = List.of("chaos-one", "chaos-two");

  private static final int PORTS = 60;
  private static final String PUBLIC_URL = "http://localhost:5006";

  private final Path folder;
  private final PostgresServer postgres;
  private final DatabaseRelay relay;
  private final PrivateEngine engine;
  private final LoginKey key;
  private final Ledger ledger;
  private final String image;
  private final String instance = "chaos-" + UUID.randomUUID().toString().substring(0, 8);
  private final int firstPort;

  private World(Path folder, int firstPort) throws IOException {
    this.folder = folder;
    this.firstPort = firstPort;
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    this.engine = PrivateEngine.make(folder.resolve("engine"));
    this.image = new JdkImage("berth-chaos/desktop", ChaosDesktop.class).make(engine.docker());
    this.postgres =
        PostgresServer.of(
            new PostgresSettings(
                Checkout.find(),
                folder.resolve("postgres/data"),
                folder.resolve("postgres/log"),
                FreePort.any(),
                PostgresSettings.ROLES.stream()
                    .collect(Collectors.toMap(Function.identity(), role -> Passwords.random(24))),
                true)); // what it has said must outlive its death
    postgres.start();
    this.relay = new DatabaseRelay(postgres.port());
    this.key = new LoginKey(PUBLIC_URL);
    this.ledger = new Ledger(postgres);
    makeRevocations(ledger);
  }

  /** The table of auth-service that the edge reads; nobody's login is revoked here. */
  public static void makeRevocations(Ledger ledger) {
    ledger.update(
        "CREATE TABLE auth.revocations (login_id text PRIMARY KEY,"
            + " revoked_at timestamptz NOT NULL, expires_at timestamptz NOT NULL)");
    ledger.update("GRANT SELECT ON auth.revocations TO berth_proxy");
  }

  /** Starts PostgreSQL and the engine. */
  public static World make() {
    try {
      World world = new World(Files.createTempDirectory("berth-chaos-"), freePorts());
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(world::close));
      return world;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first of so many ports in a row that nobody has, below those that the system gives out. */
  private static int freePorts() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int first = 20_000 + 100 * ThreadLocalRandom.current().nextInt(100);
      if (IntStream.range(first, first + PORTS).allMatch(FreePort::isFree)) {
        return first;
      }
    }
    throw new IllegalStateException("no %d ports in a row are free".formatted(PORTS));
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public DatabaseRelay relay() {
    return relay;
  }

  public PrivateEngine engine() {
    return engine;
  }

  /** The engine's API, past Berth. */
  public DockerClient docker() {
    return engine.docker();
  }

  public Ledger ledger() {
    return ledger;
  }

  /** The image that desktops run. */
  public String image() {
    return image;
  }

  /** The label of all that Berth has in the engine. */
  public String instance() {
    return instance;
  }

  public int firstPort() {
    return firstPort;
  }

  public int lastPort() {
    return firstPort + PORTS - 1;
  }

  public Person person(String slug) {
    return person(slug, List.of(LoginClaims.USER));
  }

  public Person admin() {
    return person("admin", List.of(LoginClaims.USER, LoginClaims.ADMIN));
  }

  private Person person(String slug, List<String> roles) {
    UUID id = Person.idOf(slug);
    return new Person(id, slug, key.token(id, slug, roles));
  }

  /** {@code kill -9} of PostgreSQL. */
  public void killPostgres() {
    postgres
        .pid()
        .flatMap(ProcessHandle::of)
        .ifPresent(postmaster -> {
          // Its children end by themselves when they notice; a real crash takes them along.
          List<ProcessHandle> all = postmaster.descendants().toList();
          postmaster.destroyForcibly();
          all.forEach(ProcessHandle::destroyForcibly);
          Waiting.until("PostgreSQL is gone", () -> !postmaster.isAlive());
        });
  }

  /** A replica of session-service at a port of its own; not started yet. */
  public SessionService sessionService(String... jvm) {
    return sessionService(postgres, relay.port(), instance, jvm);
  }

  /** The same on another database, for another installation in the same engine. */
  public SessionService sessionService(PostgresServer database, String installation) {
    return sessionService(database, database.port(), installation);
  }

  private SessionService sessionService(
      PostgresServer database, int databasePort, String installation, String... jvm) {
    int port = FreePort.any();
    int management = FreePort.any();
    Map<String, String> environment = common(management);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://127.0.0.1:%d/berth".formatted(databasePort));
    environment.put("QUARKUS_DATASOURCE_USERNAME", "berth_session");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password("berth_session"));
    environment.put("BERTH_LOGIN_JWKS_URL", key.address() + "/auth/jwks");
    environment.put("BERTH_DOCKER_HOST", engine.address());
    environment.put("BERTH_INSTANCE", installation);
    environment.put("BERTH_PORTS_RANGE", firstPort + "-" + lastPort());
    environment.put("BERTH_PORTS_QUARANTINE", "PT2S");
    environment.put("BERTH_LIFECYCLE_LEASE", "PT3S");
    environment.put("BERTH_LIFECYCLE_RECONCILE_EVERY", "PT2S");
    environment.put("BERTH_CATALOGUE_FILE", catalogue().toString());
    return new SessionService(
        recipe("session-service", port, environment, List.of(jvm), management), port);
  }

  /** An edge at a port of its own; not started yet. */
  public Edge edge(int sessionServicePort) {
    return edge(sessionServicePort, postgres, relay.port());
  }

  /** The same on another database. */
  public Edge edge(int sessionServicePort, PostgresServer database) {
    return edge(sessionServicePort, database, database.port());
  }

  private Edge edge(int sessionServicePort, PostgresServer database, int databasePort) {
    int port = FreePort.any();
    int management = FreePort.any();
    Map<String, String> environment = common(management);
    environment.put("BERTH_PROXY_HOST", "127.0.0.1");
    environment.put("BERTH_PROXY_PORT", Integer.toString(port));
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://127.0.0.1:%d/berth".formatted(databasePort));
    environment.put("QUARKUS_DATASOURCE_USERNAME", "berth_proxy");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password("berth_proxy"));
    environment.put("BERTH_PROXY_AUTH_SERVICE", key.address());
    // Everybody comes from one address here.
    for (String limit :
        List.of(
            "ADDRESS_REQUESTS_PER_SECOND",
            "ADDRESS_WITHOUT_LOGIN_PER_SECOND",
            "PERSON_REQUESTS_PER_SECOND")) {
      environment.put("BERTH_PROXY_LIMITS_" + limit, "0");
    }
    environment.put("BERTH_PROXY_SESSION_SERVICE", "http://127.0.0.1:" + sessionServicePort);
    environment.put(
        "BERTH_PROXY_ALLOWED_UPSTREAMS", "127.0.0.1:%d-%d".formatted(firstPort, lastPort()));
    return new Edge(recipe("proxy-service", port, environment, List.of(), management), port);
  }

  private static Map<String, String> common(int management) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BERTH_PUBLIC_URL", PUBLIC_URL);
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    environment.put("QUARKUS_LOG_CONSOLE_COLOR", "false");
    environment.put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "WARN");
    return environment;
  }

  private ServiceProcess.Recipe recipe(
      String module, int port, Map<String, String> environment, List<String> jvm, int management) {
    String name = module + "-" + port;
    return new ServiceProcess.Recipe(
        name,
        Checkout.find().file(module + "/target/quarkus-app/quarkus-run.jar"),
        environment,
        jvm,
        management,
        folder.resolve(name + ".log"));
  }

  private Path catalogue() {
    Path file = folder.resolve("catalogue.yaml");
    String types =
        TYPES.stream()
            .map(type ->
                """
                    %s:
                      title: Desktop %s
                      image: %s
                      limits:
                        memory: 256M
                        pids: 200
                        shm-size: 16M
                """
                    .formatted(type, type, image))
            .collect(Collectors.joining());
    try {
      return Files.writeString(file, "berth:\n  desktops:\n" + types);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    relay.close();
    key.close();
    killPostgres();
    engine.close();
    try {
      Unpacked.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
