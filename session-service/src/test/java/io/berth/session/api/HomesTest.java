package io.berth.session.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.HomeVolume;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironment.class)
class HomesTest {

  private static final String HOMES = "/api/v1/homes";

  private final ContainerRuntime runtime;

  HomesTest(ContainerRuntime runtime) {
    this.runtime = runtime;
  }

  @Test
  void aHomeIsKeptWhenItsDesktopStopsAndIsThereForTheNext() throws IOException {
    Api nina = new Api("nina");
    useAndStop(nina, "test-desktop");
    useAndStop(nina, "test-desktop");

    Response list = nina.get(HOMES);

    assertThat(list.jsonPath().getList("name")).containsExactly("test-desktop");
    assertThat(list.jsonPath().getList("[0].desktopTypes")).containsExactly("test-desktop");
    assertThat(list.jsonPath().getList("[0].inUseBy")).isEmpty();
    assertThat(list.jsonPath().getString("[0].lastUsedAt")).isNotNull();
    assertThat(file(nina.get(HOMES + "/test-desktop/archive"), "./visits")).hasLineCount(2);
  }

  @Test
  void aHomeInUseIsNeitherEmptiedNorDeletedAndTheAnswerNamesTheNextStep() throws IOException {
    Api oscar = new Api("oscar");
    String session = launch(oscar, "test-desktop");

    Response refused = change(oscar).delete(HOMES + "/test-desktop");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.jsonPath().getString("nextStep"))
        .contains("DELETE /api/v1/sessions/" + session);
    assertThat(change(oscar).post(HOMES + "/test-desktop/reset").statusCode()).isEqualTo(409);
    assertThat(oscar.get(HOMES).jsonPath().getString("[0].inUseBy[0].sessionId"))
        .isEqualTo(session);
    assertThat(file(oscar.get(HOMES + "/test-desktop/archive"), "./visits")).hasLineCount(1);
    stop(oscar, session);
  }

  @Test
  void aHomeThatIsResetIsEmptyAndNewAtTheNextLaunch() throws IOException {
    Api peggy = new Api("peggy");
    useAndStop(peggy, "test-desktop");

    assertThat(change(peggy).post(HOMES + "/test-desktop/reset").statusCode()).isEqualTo(200);

    assertThat(peggy.get(HOMES + "/test-desktop/archive").statusCode()).isEqualTo(404);
    assertThat(peggy.get(HOMES).jsonPath().getList("name")).containsExactly("test-desktop");
    useAndStop(peggy, "test-desktop");
    assertThat(file(peggy.get(HOMES + "/test-desktop/archive"), "./visits")).hasLineCount(1);
  }

  @Test
  void aDeletedHomeIsGoneFromListAndEngine() {
    Api quentin = new Api("quentin");
    useAndStop(quentin, "test-desktop");

    assertThat(change(quentin).delete(HOMES + "/test-desktop").statusCode()).isEqualTo(204);
    assertThat(
            quentin.get("/api/v1/audit?action=home-delete").jsonPath().getString("lines[0].actor"))
        .isEqualTo(quentin.slug());

    assertThat(quentin.get(HOMES).jsonPath().getList("name")).isEmpty();
    assertThat(runtime.homes()).doesNotContain(home("quentin", "test-desktop"));
    assertThat(change(quentin).delete(HOMES + "/test-desktop").statusCode()).isEqualTo(404);
  }

  @Test
  void anothersHomeIsAsIfThereWereNone() {
    Api rupert = new Api("rupert");
    Api mallory = new Api("mallory");
    useAndStop(rupert, "test-desktop");

    assertThat(mallory.get(HOMES).jsonPath().getList("name")).isEmpty();
    assertThat(mallory.get(HOMES + "/test-desktop/archive").statusCode()).isEqualTo(404);
    assertThat(change(mallory).delete(HOMES + "/test-desktop").statusCode()).isEqualTo(404);
    assertThat(change(mallory).post(HOMES + "/..%2f..%2fetc/reset").statusCode()).isEqualTo(404);
    assertThat(runtime.homes()).contains(home("rupert", "test-desktop"));
  }

  @Test
  void typesThatShareAHomeHaveOne() throws IOException {
    Api sybil = new Api("sybil");
    useAndStop(sybil, "test-shares");
    useAndStop(sybil, "test-shares-too");

    assertThat(sybil.get(HOMES).jsonPath().getList("name")).containsExactly("work");
    assertThat(sybil.get(HOMES).jsonPath().getList("[0].desktopTypes"))
        .containsExactly("test-shares", "test-shares-too");
    assertThat(file(sybil.get(HOMES + "/work/archive"), "./visits")).hasLineCount(2);
  }

  @Test
  void changingAHomeNeedsAProofOfOrigin() {
    Api trent = new Api("trent");
    useAndStop(trent, "test-desktop");
    var bare = given().auth().oauth2(Tokens.of("trent"));
    assertThat(bare.delete(HOMES + "/test-desktop").statusCode()).isEqualTo(403);
    assertThat(bare.post(HOMES + "/test-desktop/reset").statusCode()).isEqualTo(403);
    assertThat(given().get(HOMES + "/test-desktop/archive").statusCode()).isEqualTo(401);
  }

  @Test
  void anArchiveIsADownloadAndNotForAPagesScript() {
    Api victor = new Api("victor");
    useAndStop(victor, "test-desktop");
    String archive = HOMES + "/test-desktop/archive";

    Response asLink = fetched("victor", "document").get(archive);
    Response asScript = fetched("victor", "empty").get(archive);

    assertThat(asLink.statusCode()).isEqualTo(200);
    assertThat(asLink.contentType()).startsWith("application/x-tar");
    assertThat(asLink.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"victor-test-desktop.tar\"");
    assertThat(asScript.statusCode()).isEqualTo(403);
    assertThat(asScript.jsonPath().getString("nextStep")).contains("link");
  }

  @Test
  void aVolumeThatNobodyOwnsIsListedForAdministratorsAndKept() {
    HomeVolume lost = new HomeVolume(UUID.randomUUID().toString(), "test-desktop");
    runtime.makeHome(lost);
    String all = "/api/v1/admin/homes";

    assertThat(new Api("wendy").get(all).statusCode()).isEqualTo(403);
    Response list = given().auth().oauth2(Tokens.ofAdmin("walter")).get(all);

    assertThat(list.jsonPath().getMap("find { it.ownerId == '%s' }".formatted(lost.ownerId())))
        .containsEntry("owner", null)
        .containsEntry("name", "test-desktop");
    assertThat(runtime.homes()).contains(lost);
    assertThat(
            given()
                .auth()
                .oauth2(Tokens.ofAdmin("walter"))
                .header("X-Berth-Request", "1")
                .delete("%s/%s/%s".formatted(all, lost.ownerId(), lost.home()))
                .statusCode())
        .isEqualTo(204);
    assertThat(runtime.homes()).doesNotContain(lost);
  }

  @Test
  void aLaunchWhoseVolumeIsMissingMakesIt() {
    Api xavier = new Api("xavier");
    useAndStop(xavier, "test-desktop");
    runtime.removeHome(home("xavier", "test-desktop"));
    useAndStop(xavier, "test-desktop");
    assertThat(runtime.homes()).contains(home("xavier", "test-desktop"));
  }

  private static HomeVolume home(String slug, String name) {
    return new HomeVolume(Tokens.id(slug), name);
  }

  private static void useAndStop(Api person, String type) {
    stop(person, launch(person, type));
  }

  private static String launch(Api person, String type) {
    String id = person.launch(type).jsonPath().getString("id");
    person.await(id, "running");
    return id;
  }

  private static void stop(Api person, String id) {
    person.stop(id);
    person.await(id, "stopped");
  }

  private static io.restassured.specification.RequestSpecification change(Api person) {
    return given().auth().oauth2(Tokens.of(person.slug())).header("X-Berth-Request", "1");
  }

  private static io.restassured.specification.RequestSpecification fetched(
      String slug, String destination) {
    return given().auth().oauth2(Tokens.of(slug)).header("Sec-Fetch-Dest", destination);
  }

  private static String file(Response archive, String name) throws IOException {
    assertThat(archive.statusCode()).isEqualTo(200);
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive.asByteArray()))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return new String(tar.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
      }
    }
    throw new AssertionError("no file " + name);
  }
}
