package io.berth.session.environment;

import io.berth.launcher.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Starts what session-service needs, and takes away what it left. */
public final class TestEnvironment implements QuarkusTestResourceLifecycleManager {

  /** Label of all that this JVM's tests make on the engine. */
  public static final String INSTANCE = "test-" + UUID.randomUUID().toString().substring(0, 8);

  /** The bridge of its desktops' network. */
  public static final String BRIDGE = "bt" + INSTANCE.substring("test-".length());

  private static final String UNREACHABLE_REGISTRY = "127.0.0.1:9/berth-test/";

  /** Every limit that a desktop type can have, unlike its default. */
  private static final Map<String, String> HARDENED =
      Map.of(
          "berth.desktops.test-hardened.limits.open-files", "4096",
          "berth.desktops.test-hardened.limits.oom-score", "900",
          "berth.desktops.test-hardened.capabilities", "CHOWN",
          "berth.desktops.test-hardened.hardening.read-only-root", "true",
          "berth.desktops.test-hardened.hardening.tmpfs.\"/tmp\"", "8M",
          "berth.desktops.test-hardened.hardening.extra-hosts.\"git.example\"", "203.0.113.7",
          "berth.desktops.test-hardened.hardening.seccomp", seccompProfile());

  private final PostgresServer postgres = PostgresServer.startTemporary();
  private Optional<LateRelay> relay = Optional.empty();

  /** Argument {@code late}: PostgreSQL answers only when the test says so. */
  @Override
  public void init(Map<String, String> arguments) {
    if (arguments.containsKey("late")) {
      relay = Optional.of(new LateRelay(postgres.port()));
    }
  }

  @Override
  public Map<String, String> start() {
    String image = TestImage.make(Engine.docker());
    Map<String, String> config = new HashMap<>();
    int port = relay.map(LateRelay::port).orElse(postgres.port());
    config.put(
        "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:%d/berth".formatted(port));
    config.put("quarkus.datasource.username", "berth_session");
    config.put("quarkus.datasource.password", postgres.password("berth_session"));
    config.put("berth.public-url", Tokens.ISSUER);
    config.put("berth.login.jwks-url", Tokens.jwksUrl());
    config.put("berth.instance", INSTANCE);
    config.put("berth.ports.range", TestPorts.range());
    config.put("berth.ports.quarantine", "1s");
    config.put("berth.routes.unsure-quarantine", "1s");
    config.put("berth.docker.bridge", BRIDGE);
    config.put("berth.quotas.host.memory-overcommit", "0"); // tests launch as many as they like
    config.put("berth.quotas.host.cpu-overcommit", "0");
    config.put("test.proxy-url", postgres.jdbcUrl());
    config.put("test.proxy-password", postgres.password("berth_proxy"));
    type(config, "test-desktop", image);
    type(config, "test-second", image);
    config.put("berth.desktops.test-second.pause", "stop");
    type(config, "test-timed", image);
    String timeouts = "berth.desktops.test-timed.timeouts.";
    config.put(timeouts + "idle.after", "2h");
    config.put(timeouts + "idle.action", "pause");
    config.put(timeouts + "absence.after", "3h");
    config.put(timeouts + "lifetime.after", "9h");
    config.put(timeouts + "max-extension", "90m");
    type(config, "test-traffic", image);
    config.put("berth.desktops.test-traffic.client.activity", "traffic");
    config.put("berth.desktops.test-traffic.timeouts.idle.after", "2h");
    type(config, "test-dies", image);
    config.put("berth.desktops.test-dies.environment.MODE", "die");
    type(config, "test-silent", image);
    config.put("berth.desktops.test-silent.environment.MODE", "silent");
    config.put("berth.desktops.test-silent.start-timeout", "3s");
    type(config, "test-pooled", image);
    config.put("berth.desktops.test-pooled.home.keep", "false");
    type(config, "test-group", image);
    config.put("berth.desktops.test-group.groups", "painters,/sculptors");
    type(config, "test-missing", UNREACHABLE_REGISTRY + "missing:1");
    config.put("berth.desktops.test-missing.start-on-visit", "false");
    type(config, "test-shares", image);
    config.put("berth.desktops.test-shares.home.shared-as", "work");
    type(config, "test-shares-too", image);
    config.put("berth.desktops.test-shares-too.home.shared-as", "work");
    type(config, "test-isolated", image);
    config.put("berth.desktops.test-isolated.hardening.network", "isolated");
    type(config, "test-hardened", image);
    config.putAll(HARDENED);
    type(config, "test-stand-in", UNREACHABLE_REGISTRY + "public:1");
    config.put("berth.desktops.test-stand-in.stand-in.image", image);
    config.put("berth.desktops.test-stand-in.stand-in.client.start-query", "stand-in={path}");
    return config;
  }

  private static String seccompProfile() {
    try {
      Path file = Files.createTempFile("berth-seccomp-", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(file, "{\"defaultAction\":\"SCMP_ACT_ALLOW\"}").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void type(Map<String, String> config, String name, String image) {
    String key = "berth.desktops." + name;
    config.put(key + ".title", "Desktop " + name);
    config.put(key + ".image", image);
    config.put(key + ".client.start-query", "path=desktop/{path}/websockify");
    config.put(key + ".limits.memory", "256M");
    config.put(key + ".limits.pids", "200");
    config.put(key + ".limits.shm-size", "16M");
  }

  @Override
  public void stop() {
    relay.ifPresent(LateRelay::close);
    postgres.close();
    Engine.clear(INSTANCE);
  }
}
