package io.berth.proxy.edge;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the management port says is what the README promises, and nothing else. */
@QuarkusTest
@QuarkusTestResource(EdgeServices.class)
class MetricsTest {

  private static final Pattern TYPE = Pattern.compile("# TYPE (berth_\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("(berth_[a-z_]+)(?:\\{(.*)})? .*");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final Pattern ROW =
      Pattern.compile("\\| `(berth_[a-z_]+)` \\| ([a-z]+) \\|([^|]*)\\|.*");

  @TestHTTPResource(value = "metrics", management = true)
  URI metrics = URI.create("");

  @Inject RunningEdge edge;

  @Test
  void everyMetricIsInTheReadmeAndEveryOneOfTheReadmeIsThere() throws IOException {
    try (KasmUpstream desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12")) {
      Eventually.eventually("ready", () -> edge.state().routesLoaded() && edge.state().keysKnown());
      TestDatabase.shared()
          .publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, desktop));
      Eventually.eventually("route", () -> edge.state().routes() == 1);
      useEverything();
    }

    Map<String, String> documented = documented();
    String scrape = scrape();

    assertThat(scraped(scrape)).isEqualTo(documented);
    assertThat(scrape).doesNotContain(Person.ALICE.slug()).doesNotContain(Person.ALICE.id());
  }

  private void useEverything() {
    Browser nobody = new Browser(edge.port());
    Browser alice =
        nobody.cookie("berth=" + EdgeServices.issuer().token(Person.ALICE, "login-alice"));
    String address = "/desktop/alice-kasm/";
    assertThat(alice.get(address + "package.json").status()).isEqualTo(200);
    assertThat(nobody.get(address).status()).isEqualTo(401);
    assertThat(alice.get("/api/v1/me").status()).isEqualTo(503);
    assertThat(alice.webSocket(address + "ws", "Origin: http://evil.test").status()).isEqualTo(403);
    try (WebSocket socket = alice.webSocket(address + "ws")) {
      assertThat(socket.receive()).startsWith("RFB");
      assertThat(alice.webSocket(address + "ws").status()).isEqualTo(429);
    }
    Eventually.eventually("tunnel over", () -> edge.state().tunnels() == 0);
  }

  private String scrape() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Name to type and labels; what belongs to a histogram counts as the histogram. */
  private static Map<String, String> scraped(String scrape) {
    Map<String, String> types = new HashMap<>();
    Matcher type = TYPE.matcher(scrape);
    while (type.find()) {
      // OpenMetrics leaves the end out where it says the type, and has it in the samples.
      boolean bare = type.group(2).equals("counter") && !type.group(1).endsWith("_total");
      types.put(type.group(1) + (bare ? "_total" : ""), type.group(2));
    }
    types.keySet().removeIf(name -> "histogram".equals(types.get(histogramOf(name))));
    Map<String, TreeSet<String>> labels = new HashMap<>();
    scrape
        .lines()
        .forEach(line -> {
          Matcher sample = SAMPLE.matcher(line);
          if (sample.matches()) {
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
              labels
                  .computeIfAbsent(family(sample.group(1), types), f -> new TreeSet<>())
                  .add(label.group(1));
            }
          }
        });
    Map<String, String> found = new TreeMap<>();
    types.forEach((name, kind) -> {
      TreeSet<String> names = labels.getOrDefault(name, new TreeSet<>());
      names.remove("le");
      found.put(name, kind + " " + String.join(" ", names));
    });
    return found;
  }

  private static String histogramOf(String name) {
    return name.endsWith("_max") ? name.substring(0, name.length() - 4) : "";
  }

  private static String family(String sample, Map<String, String> types) {
    return Stream.of(sample, sample.replaceFirst("_(bucket|count|sum|max)$", ""))
        .filter(types::containsKey)
        .findFirst()
        .orElse(sample);
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String labels =
            Pattern.compile("`([a-z_]+)`:")
                .matcher(row.group(3))
                .results()
                .map(label -> label.group(1))
                .sorted()
                .collect(joining(" "));
        rows.put(row.group(1), row.group(2) + " " + labels);
      }
    }
    return rows;
  }
}
