package io.berth.bench.peer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Caddy with enough kept upstream connections. */
public final class Caddy implements Peer {

  private static final String CONFIGURATION =
      """
      {
        admin off
        auto_https off
        log {
          level ERROR
        }
      }
      http://:%port% {
        bind 127.0.0.1
        reverse_proxy 127.0.0.1:%upstream% {
          transport http {
            keepalive_idle_conns_per_host 256
          }
        }
      }
      """;

  private final Site site;
  private final Optional<Program> program = Program.find("caddy", "version");

  public Caddy(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "caddy";
  }

  @Override
  public Optional<String> version() {
    return program.map(Program::version);
  }

  @Override
  public RunningPeer start() throws IOException {
    return site.start(
        name(),
        List.of(
            program.orElseThrow().path().toString(),
            "run",
            "--adapter",
            "caddyfile",
            "--config",
            "%file%"),
        Map.of(
            "XDG_DATA_HOME", site.folder().toString(), "XDG_CONFIG_HOME", site.folder().toString()),
        CONFIGURATION);
  }
}
