package io.berth.bench.launch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.berth.bench.load.Latencies;
import io.berth.bench.process.Children;
import io.berth.launcher.installation.Checkout;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Measures launches: of a warm seat, from the click to the first byte; and cold, what Berth adds to
 * what the engine and the desktop take by themselves, each pair one right after the other.
 */
public final class Launches {

  private static final int SEATS = 5;
  private static final int WARM_UP = 5;

  private final Checkout checkout;
  private final Children children;
  private final Path folder;
  private final Consumer<String> progress;

  public Launches(Checkout checkout, Children children, Path folder, Consumer<String> progress) {
    this.checkout = checkout;
    this.children = children;
    this.folder = folder.resolve("launches");
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param claims how many seats are claimed
   * @param colds how many desktops are started from nothing
   * @return figures in milliseconds by name, also written to {@code out}
   */
  public Map<String, Object> run(int claims, int colds, Path out)
      throws IOException, SQLException, InterruptedException {
    String instance = "bench-" + UUID.randomUUID().toString().substring(0, 8);
    BareEngine engine = children.adopt(new BareEngine());
    engine.clearInTheEnd(instance); // after the services have ended
    String image = engine.image();
    progress.accept("starting PostgreSQL, session-service and the edge");
    SmallBerth berth =
        SmallBerth.start(new SmallBerth.Place(checkout, children, folder, instance), image, SEATS);
    Map<String, Object> figures = new LinkedHashMap<>();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      Click click = new Click(client, berth);
      claims(berth, click, claims, figures);
      colds(berth, click, new Bare(engine, client, image), colds, figures);
    }
    Files.createDirectories(Objects.requireNonNull(out.toAbsolutePath().getParent()));
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
    return figures;
  }

  private record Bare(BareEngine engine, HttpClient client, String image) {}

  private void claims(SmallBerth berth, Click click, int claims, Map<String, Object> figures)
      throws IOException, SQLException, InterruptedException {
    Latencies latencies = new Latencies();
    for (int i = 0; i < WARM_UP + claims; i++) {
      if (i % SEATS == 0) {
        progress.accept("claims: " + latencies.count() + " of " + claims);
        berth.awaitSeats(SEATS);
      }
      long taken = click.take(i, SmallBerth.WARM);
      if (i >= WARM_UP) {
        latencies.add(taken);
      }
    }
    figures.put("claims", latencies.count());
    figures.put("claim.p50", latencies.micros(50) / 1_000);
    figures.put("claim.p99", latencies.micros(99) / 1_000);
    figures.put("claim.max", latencies.micros(100) / 1_000);
  }

  private void colds(
      SmallBerth berth, Click click, Bare bare, int colds, Map<String, Object> figures)
      throws IOException, InterruptedException {
    List<Double> added = new ArrayList<>();
    Latencies whole = new Latencies();
    Latencies alone = new Latencies();
    for (int i = 0; i < 1 + colds; i++) {
      long berths = click.take(i, SmallBerth.COLD);
      long engines = bare.engine().take(bare.client(), bare.image(), berth.instance());
      if (i > 0) {
        whole.add(berths);
        alone.add(engines);
        added.add((berths - engines) / 1e6);
        progress.accept("cold starts: %d of %d".formatted(i, colds));
      }
    }
    added.sort(null);
    figures.put("colds", whole.count());
    figures.put("cold.p50", whole.micros(50) / 1_000);
    figures.put("cold.bareEngine.p50", alone.micros(50) / 1_000);
    figures.put("cold.addedByBerth.p50", added.get(added.size() / 2));
  }
}
