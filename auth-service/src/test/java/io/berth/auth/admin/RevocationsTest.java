package io.berth.auth.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.testing.Browser;
import io.berth.auth.testing.LoginTokenReader;
import io.berth.auth.testing.RealServices;
import io.berth.auth.testing.Revoked;
import io.berth.auth.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class RevocationsTest {

  private static final String ADDRESS = "/auth/admin/revocations";

  private final Browser admin = new Browser();
  private final Browser bob = new Browser();

  private static String loginOf(Browser browser) throws Exception {
    return LoginTokenReader.verified(browser.cookie("berth")).getStringClaimValue("sid");
  }

  @Test
  void anAdministratorEndsAllLoginsOfAPersonAndTheEdgesHearOfEach() throws Exception {
    admin.signIn("admin", "/");
    bob.signIn("bob", "/");
    Browser second = new Browser();
    second.signIn("bob", "/");
    try (Revoked revoked = new Revoked()) {
      HttpResponse<String> answer = admin.postJson(ADDRESS, "{\"user\":\"bob\"}");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(revoked.next()).contains(loginOf(bob), loginOf(second));
    }
    assertThat(Sql.column("SELECT id FROM auth.logins"))
        .contains(loginOf(admin))
        .doesNotContain(loginOf(bob), loginOf(second));
  }

  @Test
  void oneLoginEndsAndTheOthersOfThePersonStay() throws Exception {
    admin.signIn("admin", "/");
    bob.signIn("bob", "/");
    Browser second = new Browser();
    second.signIn("bob", "/");

    HttpResponse<String> answer =
        admin.postJson(ADDRESS, "{\"login\":\"%s\"}".formatted(loginOf(bob)));

    assertThat(answer.body()).isEqualTo("{\"ended\":1}");
    assertThat(Sql.column("SELECT id FROM auth.logins"))
        .contains(loginOf(second))
        .doesNotContain(loginOf(bob));
    assertThat(Sql.column("SELECT login_id FROM auth.revocations")).contains(loginOf(bob));
  }

  @Test
  void administratorsSeeWhatIsUnderWayWithoutAnySecret() throws Exception {
    admin.signIn("admin", "/");
    bob.signIn("bob", "/");

    HttpResponse<String> answer = admin.get("/auth/admin/logins?user=bob");

    assertThat(answer.body()).contains(loginOf(bob), "\"user\":\"bob\"");
    assertThat(answer.body()).doesNotContain("\"user\":\"admin\"", bob.cookie("berth"), "token");
  }

  @Test
  void nobodyElseSeesOrEndsAnything() throws Exception {
    bob.signIn("bob", "/");
    Browser victim = new Browser();
    victim.signIn("alice", "/");

    assertThat(bob.postJson(ADDRESS, "{\"user\":\"alice\"}").statusCode()).isEqualTo(403);
    assertThat(bob.get("/auth/admin/logins").statusCode()).isEqualTo(403);
    assertThat(new Browser().postJson(ADDRESS, "{\"user\":\"alice\"}").statusCode()).isEqualTo(401);
    assertThat(new Browser().get("/auth/admin/logins").statusCode()).isEqualTo(401);
    assertThat(Sql.column("SELECT id FROM auth.logins")).contains(loginOf(victim));
  }

  @Test
  void anAdministratorWhoseLoginIsOverOrWhoIsNoneAnyMoreEndsNothing() throws Exception {
    admin.signIn("admin", "/");
    bob.signIn("bob", "/");
    Sql.update("UPDATE auth.people SET admin = false WHERE slug = 'admin'");
    int demoted = admin.postJson(ADDRESS, "{\"user\":\"bob\"}").statusCode();
    Sql.update("UPDATE auth.people SET admin = true WHERE slug = 'admin'");
    Sql.update("DELETE FROM auth.logins WHERE id = '%s'".formatted(loginOf(admin)));
    int over = admin.postJson(ADDRESS, "{\"user\":\"bob\"}").statusCode();

    assertThat(demoted).isEqualTo(403);
    assertThat(over).isEqualTo(401);
    assertThat(Sql.column("SELECT id FROM auth.logins")).contains(loginOf(bob));
  }

  @Test
  void aPageOfAnotherSiteAndAFormCanNotActForAnAdministrator() throws Exception {
    admin.signIn("admin", "/");
    bob.signIn("bob", "/");
    String body = "{\"user\":\"bob\"}";

    assertThat(admin.postJson(ADDRESS, body, "https://evil.example").statusCode()).isEqualTo(403);
    assertThat(admin.postJson(ADDRESS, body, "null").statusCode()).isEqualTo(403);
    assertThat(admin.post(ADDRESS, java.util.Map.of("user", "bob")).statusCode()).isEqualTo(415);
    assertThat(Sql.column("SELECT id FROM auth.logins")).contains(loginOf(bob));
  }

  @Test
  void whomOrWhatThereIsNotIsSaidSo() throws Exception {
    admin.signIn("admin", "/");

    assertThat(admin.postJson(ADDRESS, "{\"user\":\"nobody\"}").statusCode()).isEqualTo(404);
    assertThat(admin.postJson(ADDRESS, "{\"login\":\"none\"}").statusCode()).isEqualTo(404);
    assertThat(admin.postJson(ADDRESS, "{}").statusCode()).isEqualTo(400);
    assertThat(admin.postJson(ADDRESS, "{\"user\":\"bob\",\"login\":\"x\"}").statusCode())
        .isEqualTo(400);
  }
}
