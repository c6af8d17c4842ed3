package io.berth.auth.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.testing.Browser;
import io.berth.auth.testing.Line;
import io.berth.auth.testing.ServicesOverLines;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Neither PostgreSQL nor Keycloak is there when the service starts. */
@QuarkusTest
@TestProfile(ComesUpAloneTest.Alone.class)
class ComesUpAloneTest {

  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** Both are reached over lines that are not up yet. */
  public static class Alone implements QuarkusTestProfile {

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(ServicesOverLines.class));
    }
  }

  @TestHTTPResource(value = "health", management = true)
  URI health = URI.create("");

  private final Browser browser = new Browser();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void waitsForBothAndRecoversFromLosingThem() throws Exception {
    assertThat(healthOf("live")).contains("\"UP\"");
    assertThat(status("ready")).isEqualTo(503);
    assertThat(status("started")).isEqualTo(503);
    assertThat(browser.get("/auth/jwks").statusCode()).isEqualTo(503);

    try (Line database = ServicesOverLines.toDatabase();
        Line provider = ServicesOverLines.toProvider()) {
      database.putUp();
      await("readiness", () -> status("ready") == 200);

      assertThat(status("started")).isEqualTo(200);
      HttpResponse<String> away = browser.get("/auth/login");
      assertThat(away.statusCode()).isEqualTo(503);
      assertThat(away.body()).contains("Sign-in is not possible right now", "Try again");
      assertThat(away.headers().firstValue("Retry-After")).isPresent();
      await("the provider's state", () -> healthOf("ready").contains("does not answer"));

      provider.putUp();
      await("the provider", () -> browser.get("/auth/login").statusCode() == 302);
      assertThat(browser.signIn("alice", "/").statusCode()).isEqualTo(303);

      String callback = browser.callbackAddress("alice", "/");
      database.cut();
      HttpResponse<String> noDatabase = browser.get(callback);
      assertThat(noDatabase.statusCode()).isEqualTo(503);
      assertThat(noDatabase.body()).contains("Sign-in is not ready").doesNotContain("SQL");
      assertThat(status("ready")).isEqualTo(503);
      assertThat(browser.get("/auth/jwks").statusCode()).isEqualTo(200);

      database.putUp();
      await("readiness again", () -> status("ready") == 200);
      provider.cut();
      await("the provider's absence", () -> browser.get("/auth/login").statusCode() == 503);
      HttpResponse<String> signedOut = browser.post("/auth/logout", Map.of());
      assertThat(signedOut.statusCode()).isEqualTo(200);
      assertThat(signedOut.body()).contains("You are signed out of Berth", "may still be");
      assertThat(browser.cookies()).doesNotContainKey("berth");
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    Instant deadline = Instant.now().plus(LIMIT);
    while (!condition.holds()) {
      assertThat(Instant.now()).as("in time: " + what).isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private int status(String check) throws Exception {
    return answer(check).statusCode();
  }

  private String healthOf(String check) throws Exception {
    return answer(check).body();
  }

  private HttpResponse<String> answer(String check) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(health + "/" + check)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
