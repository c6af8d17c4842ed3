package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite of docker/compose.yml, from images that this machine made, in the hands of people. */
@ExtendWith(Suite.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfEnvironmentVariable(named = "BERTH_TEST_COMPOSE", matches = "true")
class ComposeIT {

  private static final List<String> PARTS =
      List.of("postgres", "keycloak", "auth", "engine-guard", "session", "proxy");

  @Test
  @Order(1)
  void aliceWorksInADesktop(ComposedBerth berth, Browser browser) {
    try (Person alice = Person.signedIn(berth, browser, "alice")) {
      alice.launch("ubuntu-desktop");
      alice.open("ubuntu-desktop");

      DesktopInTheBrowserIT.seesADesktop(alice, "compose-desktop");
      Engine.inside(
          alice.sessionId("ubuntu-desktop"), "sh", "-c", "echo mine > /home/kasm-user/mine");
    }
  }

  @Test
  @Order(2)
  void whatAnEarlierVersionLeftIsThere(ComposedBerth berth) {
    assertThat(
            berth.sql("SELECT proxy_path, status FROM containers WHERE proxy_path LIKE 'dora-%'"))
        .contains("dora-ubuntu-vscode|stopped");
    assertThat(Integer.parseInt(berth.sql("SELECT count(*) FROM schema_history").strip()))
        .isGreaterThan(5);
    assertThat(berth.sql("SELECT count(*) FROM schema_history WHERE NOT success").strip())
        .isEqualTo("0");
  }

  @Test
  @Order(3)
  void noPartCanDoMoreThanItMust(ComposedBerth berth) throws IOException {
    for (String part : PARTS) {
      JsonNode container = inspect(berth, part);
      JsonNode host = container.path("HostConfig");
      assertThat(host.path("ReadonlyRootfs").asBoolean()).as(part + " read-only").isTrue();
      assertThat(host.path("CapDrop").toString()).as(part).isEqualTo("[\"ALL\"]");
      assertThat(host.path("CapAdd").isEmpty()).as(part).isTrue();
      assertThat(host.path("Privileged").asBoolean()).as(part).isFalse();
      assertThat(host.path("SecurityOpt").toString()).as(part).contains("no-new-privileges");
      assertThat(host.path("Memory").asLong()).as(part).isPositive();
      assertThat(host.path("PidsLimit").asLong()).as(part).isPositive();
      assertThat(host.path("PortBindings").isEmpty()).as(part + " publishes nothing").isTrue();
      assertThat(host.path("RestartPolicy").path("Name").asText()).isEqualTo("unless-stopped");
      assertThat(container.path("Config").path("User").asText())
          .as(part + " is not root")
          .isNotEmpty()
          .doesNotStartWith("0")
          .doesNotStartWith("root");
      assertThat(container.path("Config").path("Env").toString())
          .as(part + " has no secret in its settings")
          .doesNotContain(berth.password("alice"))
          .doesNotContainPattern("(PASSWORD|SECRET)=[^/\"]");
      assertThat(container.path("Mounts").toString().contains("docker.sock"))
          .as(part + " has the engine's socket")
          .isEqualTo(part.equals("engine-guard"));
    }
    assertThat(inspect(berth, "engine-guard").path("HostConfig").path("NetworkMode").asText())
        .isEqualTo("none");
  }

  @Test
  @Order(4)
  void eachPartMayBeStartedAnewWhileAliceWorks(ComposedBerth berth, Browser browser) {
    try (Person alice = Person.signedIn(berth, browser, "alice")) {
      String session = alice.sessionId("ubuntu-desktop");
      for (String part : PARTS) {
        berth.compose("restart", part);
        Eventually.that(
            "her desktop answers after the restart of " + part,
            Duration.ofSeconds(60),
            () -> answers(alice, "/desktop/alice-ubuntu-desktop/package.json"));
      }
      Eventually.that(
          "the portal still knows her session",
          Duration.ofSeconds(60),
          () ->
              answers(alice, "/api/v1/sessions")
                  && alice.sessionId("ubuntu-desktop").equals(session));
    }
    berth.compose("up", "--detach", "--wait");
  }

  @Test
  @Order(5)
  void nginxInFrontIsOptionTwo(ComposedBerth berth, Browser browser) {
    ComposedBerth.set("COMPOSE_PROFILES", "keycloak,nginx");
    ComposedBerth.set("BERTH_LISTEN", "172.31.252.1");
    ComposedBerth.certificate();

    berth.compose("up", "--detach", "--wait");

    assertThat(Http.status("http://127.0.0.1:" + ComposedBerth.PORT + "/")).isEqualTo(308);
    ComposedBerth.withoutCertificate();
    berth.compose("restart", "nginx");
    Eventually.that(
        "nginx passes on to the edge",
        Duration.ofSeconds(30),
        () -> Http.status("http://127.0.0.1:" + ComposedBerth.PORT + "/") == 302);
    try (Person alice = Person.signedIn(berth, browser, "alice")) {
      alice.open("ubuntu-desktop");
      DesktopInTheBrowserIT.seesADesktop(alice, "compose-nginx-desktop");
      alice.stop("ubuntu-desktop");
    }
  }

  @Test
  @Order(6)
  void aBackupBringsEverythingBack(ComposedBerth berth, Browser browser) throws IOException {
    Path file = RunningBerth.OUTPUT.resolve("compose/backup.tar.gz");
    berth.berthOnThis("backup", file);
    berth.compose("down", "--volumes");
    berth.removeHomes();
    String password = berth.password("alice");
    ComposedBerth.forgetSecrets();

    berth.berthOnThis("restore", file);

    assertThat(berth.password("alice")).isEqualTo(password);
    try (Person alice = Person.signedIn(berth, browser, "alice")) {
      alice.launch("ubuntu-desktop");
      assertThat(Engine.inside(alice.sessionId("ubuntu-desktop"), "cat", "/home/kasm-user/mine"))
          .contains("mine");
      alice.stop("ubuntu-desktop");
    }
    Files.delete(file);
  }

  private static boolean answers(Person person, String path) {
    try {
      return person.get(path).status() == 200;
    } catch (RuntimeException e) {
      return false; // the edge itself is being started anew
    }
  }

  private static JsonNode inspect(ComposedBerth berth, String part) throws IOException {
    Command.Outcome outcome =
        Command.run(Duration.ofSeconds(20), List.of("docker", "inspect", berth.container(part)));
    return new ObjectMapper().readTree(outcome.output()).get(0);
  }
}
