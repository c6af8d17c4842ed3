package io.berth.launcher.postgres;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.installation.Passwords;
import io.berth.launcher.process.Command;
import io.berth.launcher.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A real PostgreSQL on 127.0.0.1 with the databases {@code berth} (roles of {@code
 * docker/postgres/roles.sql}) and {@code keycloak}. It outlives the JVM that starts it.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final PostgresSettings settings;
  private final PostgresDistribution distribution;
  private final Account account;
  private final Optional<Path> temporary;

  private PostgresServer(PostgresSettings settings, Optional<Path> temporary) {
    this.settings = settings;
    this.distribution = PostgresDistribution.unpack(settings.checkout());
    this.account = Account.forFolders(settings.data(), distribution.folder());
    this.temporary = temporary;
  }

  /** The server that these settings describe, running or not. */
  public static PostgresServer of(PostgresSettings settings) {
    return new PostgresServer(settings, Optional.empty());
  }

  /** A server for tests: free port, temporary folder, not durable, gone after {@link #close}. */
  public static PostgresServer startTemporary() {
    try {
      Path folder = Files.createTempDirectory("berth-postgres-");
      PostgresSettings settings =
          new PostgresSettings(
              Checkout.find(),
              folder.resolve("data"),
              folder.resolve("postgres.log"),
              FreePort.any(),
              PostgresSettings.ROLES.stream()
                  .collect(Collectors.toMap(Function.identity(), role -> Passwords.random(24))),
              false);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      PostgresServer server = new PostgresServer(settings, Optional.of(folder));
      server.start();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, with a new data directory the first time; returns when it answers. */
  public void start() {
    try {
      makeLog();
      makeDataDirectory();
    } catch (IOException e) {
      throw new Failure(
          "PostgreSQL's folder %s can't be made (%s): check the disk and the rights on it."
              .formatted(settings.data(), e.getMessage()),
          e);
    }
    run(
        "PostgreSQL did not start",
        List.of(
            distribution.program("pg_ctl").toString(),
            "start",
            "--wait",
            "--silent",
            "-D",
            settings.data().toString(),
            "-l",
            settings.log().toString(),
            "-o",
            String.join(" ", options())));
    new Databases(settings).make();
  }

  /** Stops it; connections are cut, data is kept. Nothing happens if it does not run. */
  public void stop() {
    if (pid().isPresent()) {
      run(
          "PostgreSQL did not stop",
          List.of(
              distribution.program("pg_ctl").toString(),
              "stop",
              "--wait",
              "--silent",
              "--mode=fast",
              "-D",
              settings.data().toString()));
    }
  }

  /** Copies all its data into an archive while it runs and others use it. */
  public void copyTo(Path archive) {
    new ClusterCopy(settings).to(archive);
  }

  /** Puts what an archive holds in place of its data; it must not run. */
  public void replaceBy(Path archive) {
    try {
      ClusterCopy.unpack(archive, settings.data(), account);
    } catch (IOException e) {
      throw new Failure(
          "%s could not be replaced (%s): check the disk and the rights on it."
              .formatted(settings.data(), e.getMessage()),
          e);
    }
  }

  /** Stops it; a temporary one leaves nothing behind. */
  @Override
  public void close() {
    if (temporary.isPresent() && !Files.exists(temporary.get())) {
      return;
    }
    stop();
    try {
      if (temporary.isPresent()) {
        Unpacked.delete(temporary.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The running server's process id. */
  public Optional<Long> pid() {
    try {
      return Files.readString(settings.data().resolve("postmaster.pid"))
          .lines()
          .findFirst()
          .map(line -> Long.parseLong(line.strip()))
          .filter(this::isPostgres);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A file left by a crash may name a process that is somebody else's by now. */
  private boolean isPostgres(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().command())
        .map(command -> Path.of(command).startsWith(distribution.folder()))
        .orElse(false);
  }

  public int port() {
    return settings.port();
  }

  /** JDBC URL of the database {@code berth}. */
  public String jdbcUrl() {
    return jdbcUrl("berth");
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(settings.port(), database);
  }

  /** The same for Quarkus' reactive client. */
  public String reactiveUrl() {
    return "postgresql://127.0.0.1:%d/berth".formatted(settings.port());
  }

  /** The password of {@code berth_session}, {@code berth_auth}, {@code berth_proxy}, … */
  public String password(String role) {
    return settings.password(role);
  }

  private List<String> options() {
    String durability =
        settings.durable() ? "" : "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";
    return List.of(
        "-p " + settings.port(),
        "-c listen_addresses=127.0.0.1",
        "-c unix_socket_directories=",
        "-c shared_buffers=48MB",
        "-c max_connections=100",
        durability);
  }

  private void makeDataDirectory() throws IOException {
    Path data = settings.data();
    if (Files.exists(data.resolve("PG_VERSION"))) {
      return;
    }
    // What an interrupted initdb left has no data in it yet.
    Unpacked.delete(data);
    Files.createDirectories(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    account.own(data);
    Path password = Files.createTempFile("berth-", ".pw");
    try {
      Files.writeString(password, password(PostgresSettings.SUPERUSER));
      account.own(password);
      run(
          "PostgreSQL's data directory could not be made",
          List.of(
              distribution.program("initdb").toString(),
              "--username=" + PostgresSettings.SUPERUSER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              settings.durable() ? "--data-checksums" : "--no-sync",
              "-D",
              data.toString()));
    } finally {
      Files.delete(password);
    }
  }

  private void makeLog() throws IOException {
    Path log = settings.log();
    Files.createDirectories(log.resolveSibling("."));
    if (!Files.exists(log)) {
      Files.createFile(log);
    }
    account.own(log);
  }

  private void run(String problem, List<String> words) {
    Command.Outcome outcome =
        Command.of(account.running(words)).in(settings.log().resolveSibling(".")).run(LIMIT);
    if (!outcome.succeeded()) {
      throw new Failure("%s (%s): see %s.".formatted(problem, outcome.lastLine(), settings.log()));
    }
  }
}
