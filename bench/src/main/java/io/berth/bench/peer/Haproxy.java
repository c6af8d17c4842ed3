package io.berth.bench.peer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HAProxy with kept upstream connections and splicing. */
public final class Haproxy implements Peer {

  private static final String CONFIGURATION =
      """
      global
        maxconn 7000
        maxpipes 1000
      defaults
        mode http
        timeout connect 5s
        timeout client 3600s
        timeout server 3600s
        timeout tunnel 3600s
        option http-keep-alive
        option splice-auto
        http-reuse always
      frontend edge
        bind 127.0.0.1:%port% backlog 4096
        default_backend desktop
      backend desktop
        server upstream 127.0.0.1:%upstream% pool-max-conn 256
      """;

  private final Site site;
  private final Optional<Program> program = Program.find("haproxy", "-v");

  public Haproxy(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public Optional<String> version() {
    return program.map(Program::version);
  }

  @Override
  public RunningPeer start() throws IOException {
    return site.start(
        name(),
        List.of(program.orElseThrow().path().toString(), "-db", "-f", "%file%"),
        Map.of(),
        CONFIGURATION);
  }
}
