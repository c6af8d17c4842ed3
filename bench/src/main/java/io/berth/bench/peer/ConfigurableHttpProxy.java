package io.berth.bench.peer;

import io.berth.bench.process.FreePorts;
import io.berth.bench.process.ShortCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** JupyterHub's configurable-http-proxy, from npm into the benchmark's own folder. */
public final class ConfigurableHttpProxy implements Peer {

  private static final String PACKAGE = "configurable-http-proxy@5.3.0";
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);

  private final Site site;
  private final Path script;
  private final Optional<Program> node = Program.find("node", "--version");

  public ConfigurableHttpProxy(Site site) {
    this.site = site;
    this.script =
        site.folder().resolve("node_modules/configurable-http-proxy/bin/configurable-http-proxy");
  }

  @Override
  public String name() {
    return "c-h-p";
  }

  @Override
  public Optional<String> version() {
    if (node.isEmpty() || !isInstalled()) {
      return Optional.empty();
    }
    return node.map(program -> PACKAGE.replace('@', ' ') + ", node " + program.version());
  }

  private boolean isInstalled() {
    if (Files.exists(script)) {
      return true;
    }
    return ShortCommand.find("npm")
        .flatMap(npm ->
            ShortCommand.output(
                INSTALL_LIMIT,
                Map.of(),
                List.of(
                    npm.toString(),
                    "install",
                    "--prefix",
                    site.folder().toString(),
                    "--no-audit",
                    "--no-fund",
                    "--ignore-scripts",
                    PACKAGE)))
        .filter(_ -> Files.exists(script))
        .isPresent();
  }

  @Override
  public RunningPeer start() throws IOException {
    return site.start(
        "configurable-http-proxy",
        List.of(
            node.orElseThrow().path().toString(),
            script.toString(),
            "--ip",
            "127.0.0.1",
            "--port",
            "%port%",
            "--api-ip",
            "127.0.0.1",
            "--api-port",
            Integer.toString(FreePorts.one()),
            "--log-level",
            "error",
            "--default-target",
            "http://127.0.0.1:%upstream%"),
        Map.of("CONFIGPROXY_AUTH_TOKEN", UUID.randomUUID().toString(), "NODE_ENV", "production"),
        "");
  }
}
