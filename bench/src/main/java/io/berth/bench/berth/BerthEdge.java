package io.berth.bench.berth;

import io.berth.bench.peer.Peer;
import io.berth.bench.peer.RunningPeer;
import io.berth.bench.peer.Site;
import io.berth.bench.process.ChildProcess;
import io.berth.bench.process.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** proxy-service as it is deployed: logins checked, routes from PostgreSQL. */
public final class BerthEdge implements Peer {

  /** The name of the one that is compared with the others. */
  public static final String NAME = "berth";

  /** The name of another build of it, or of the same with other options. */
  public static final String OTHER = "berth-other";

  /** Whether a contender of this name is an edge of Berth's. */
  public static boolean isOne(String name) {
    return name.equals(NAME) || name.equals(OTHER);
  }

  private final Site site;
  private final Platform platform;
  private final EdgeSettings settings;

  public BerthEdge(Site site, Platform platform, EdgeSettings settings) {
    this.site = site;
    this.platform = platform;
    this.settings = settings;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Optional<String> version() {
    return Optional.of(settings)
        .filter(EdgeSettings::isBuilt)
        .map(_ -> "proxy-service, Java " + Runtime.version());
  }

  @Override
  public RunningPeer start() throws IOException {
    int port = FreePorts.one();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(settings.options());
    command.add("-jar");
    command.add(settings.program().toString());
    Map<String, String> environment = new HashMap<>(platform.environment());
    environment.put("BERTH_PROXY_HOST", "127.0.0.1");
    environment.put("BERTH_PROXY_PORT", Integer.toString(port));
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(FreePorts.one()));
    environment.putAll(EdgeSettings.LIMITS);
    environment.putAll(settings.environment());
    return RunningPeer.of(
        port,
        site.children()
            .adopt(
                ChildProcess.start(
                    name(), command, environment, site.folder().resolve(name() + ".log"))));
  }
}
