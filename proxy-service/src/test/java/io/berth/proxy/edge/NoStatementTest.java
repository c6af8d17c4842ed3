package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Invariant 1 by the server's own statistics: requests cost PostgreSQL nothing. */
class NoStatementTest {

  private static final int REQUESTS = 400;
  private static final String ALL_OF_THE_EDGE =
      """
      SELECT string_agg(pid || ' ' || backend_start || ' ' || query_start || ' ' || state, ';'
                        ORDER BY pid)
      FROM pg_stat_activity WHERE usename = 'berth_proxy' AND pid <> pg_backend_pid()
      """;
  private static final String TRANSACTIONS =
      """
      SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()
      """;

  private static EdgeUnderTest edge;
  private static KasmUpstream desktop;
  private static PgConnection looking;

  @BeforeAll
  static void start() {
    edge =
        EdgeUnderTest.started(
            Map.of("berth.proxy.feed.check-every", "1h", "berth.proxy.tell-activity-every", "1h"));
    desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    edge.publish(TestDatabase.TestRoute.kasm("alice-many", Person.ALICE, desktop));
    TestDatabase database = TestDatabase.shared();
    looking =
        TestDatabase.await(
            PgConnection.connect(database.vertx(), database.addressFor("berth_proxy")));
  }

  @AfterAll
  static void stop() {
    looking.close();
    desktop.close();
    edge.close();
  }

  private static Row ask(String query) {
    return TestDatabase.await(looking.query(query).execute()).iterator().next();
  }

  @Test
  void requestsLoginsTunnelsAndRefusalsRunNoStatement() {
    String connections = ask(ALL_OF_THE_EDGE).getString(0);
    long before = ask(TRANSACTIONS).getLong(0);

    for (int i = 0; i < REQUESTS / 4; i++) {
      Browser fresh =
          edge.browser().cookie("berth=" + edge.issuer().token(Person.ALICE, "login-" + i));
      assertThat(fresh.get("/desktop/alice-many/package.json").status()).isEqualTo(200);
      assertThat(fresh.get("/desktop/alice-none/x").status()).isEqualTo(503);
      assertThat(edge.browser().get("/desktop/alice-many/").status()).isEqualTo(401);
      try (WebSocket socket = fresh.webSocket("/desktop/alice-many/ws")) {
        assertThat(socket.receive()).startsWith("RFB");
      }
    }

    assertThat(ask(ALL_OF_THE_EDGE).getString(0)).isEqualTo(connections);
    // Our own looks and PostgreSQL's housekeeping count, too.
    assertThat(ask(TRANSACTIONS).getLong(0) - before).isLessThan(REQUESTS / 10);
  }
}
