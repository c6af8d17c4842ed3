package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.keycloak.LauncherToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows, then removes, what the engine has and no session accounts for. */
@Command(
    name = "cleanup",
    mixinStandardHelpOptions = true,
    description =
        "Show and remove containers of the port-based version, and those that are not in the database.")
final class Cleanup implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Mixin private Target target = new Target();

  @Option(names = "--yes", description = "Remove without asking.")
  private boolean yes;

  @Option(
      names = "--homes",
      description = "Also remove homes that nobody owns, with all that is in them.")
  private boolean homes;

  @Option(names = "--dry-run", description = "Only show.")
  private boolean dryRun;

  private record Leftover(String kind, String id, String name, String why) {}

  @Override
  public Integer call() throws IOException {
    Installation installation = target.installation();
    String token = token(installation);
    List<Leftover> found = ask(installation, token, "GET", "");
    if (found.isEmpty()) {
      System.out.println("Nothing is left over: every container belongs to a session.");
      return 0;
    }
    System.out.printf("%-14s %-40s %s%n", "what", "name", "why");
    found.forEach(
        each -> System.out.printf("%-14s %-40s %s%n", each.kind(), each.name(), each.why()));
    List<Leftover> chosen =
        found.stream().filter(each -> homes || !each.kind().equals("home")).toList();
    if (chosen.size() < found.size()) {
      System.out.println("Homes stay unless you add --homes.");
    }
    if (dryRun || chosen.isEmpty() || !(yes || confirmed(chosen.size()))) {
      System.out.println("Nothing was removed.");
      return 0;
    }
    String ids = chosen.stream().map(each -> "id=" + each.id()).collect(Collectors.joining("&"));
    List<Leftover> removed = ask(installation, token, "DELETE", "?" + ids);
    System.out.printf("Removed %d of %d.%n", removed.size(), chosen.size());
    return removed.size() == chosen.size() ? 0 : 1;
  }

  private static boolean confirmed(int count) throws IOException {
    System.out.printf("Remove %s? Type yes: ", count == 1 ? "it" : "these " + count);
    System.out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String answer = in.readLine();
    return answer != null && answer.strip().equals("yes");
  }

  private static String token(Installation installation) {
    try {
      return new LauncherToken(
              installation.ports().keycloak(), installation.secrets().keycloakLauncher())
          .get();
    } catch (IOException e) {
      throw new Failure(
          "Keycloak gives no token (%s): start Berth with ./berth up, then try again."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static List<Leftover> ask(
      Installation installation, String token, String method, String query) {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/admin/leftovers%s"
                .formatted(installation.ports().session(), query));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("X-Berth-Request", "1")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return switch (response.statusCode()) {
        case 200 -> read(response.body());
        case 401, 403 ->
            throw new Failure(
                "session-service refused ./berth (%d): its Keycloak realm is of an earlier version. An administrator can call /api/v1/admin/leftovers instead."
                    .formatted(response.statusCode()));
        default ->
            throw new Failure(
                "session-service answered %d: see ./berth logs session-service."
                    .formatted(response.statusCode()));
      };
    } catch (IOException e) {
      throw new Failure("session-service does not answer: ./berth status, ./berth up.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }

  /** JSON is YAML. */
  private static List<Leftover> read(String json) {
    List<Map<String, Object>> entries =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(json);
    return entries.stream()
        .map(entry ->
            new Leftover(
                String.valueOf(entry.get("kind"))
                    .toLowerCase(java.util.Locale.ROOT)
                    .replace('_', ' '),
                String.valueOf(entry.get("id")),
                String.valueOf(entry.get("name")),
                String.valueOf(entry.get("why"))))
        .toList();
  }
}
