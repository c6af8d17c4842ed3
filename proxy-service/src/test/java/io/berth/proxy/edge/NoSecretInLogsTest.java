package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.KasmUpstream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class NoSecretInLogsTest {

  private static final Logger ROOT = Logger.getLogger("");

  private final Queue<String> records = new ConcurrentLinkedQueue<>();
  private final Handler keeping =
      new Handler() {
        private final PatternFormatter formatter = new PatternFormatter("%c %s%e");

        @Override
        public void publish(LogRecord entry) {
          records.add(formatter.format(org.jboss.logmanager.ExtLogRecord.wrap(entry)));
        }

        @Override
        public void flush() {
          // Nothing waits.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  @Test
  void whateverGoesWrongNoTokenPasswordOrQueryIsInTheLog() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream console = System.out;
    keeping.setLevel(Level.ALL);
    ROOT.addHandler(keeping);
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    String token;
    try (EdgeUnderTest edge = EdgeUnderTest.started();
        KasmUpstream stale = new KasmUpstream(KasmUpstream.Version.V1_5_1, "another1")) {
      token = edge.issuer().token(Person.ALICE, "login-alice");
      edge.publish(TestDatabase.TestRoute.kasm("alice-stale", Person.ALICE, stale));
      try (KasmUpstream gone = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12")) {
        edge.publish(TestDatabase.TestRoute.kasm("alice-gone", Person.ALICE, gone));
      }
      Browser alice = edge.browser().cookie("berth=" + token);
      alice.get("/desktop/alice-stale/?token=query-secret");
      alice.webSocket("/desktop/alice-stale/websockify?token=query-secret");
      alice.get("/desktop/alice-gone/?token=query-secret");
      alice.get("/auth/callback?code=query-secret");
      alice.get("/\\?token=query-secret");
      edge.browser().header("Authorization: Bearer bearer-secret").get("/api/v1/me");
      edge.browser().cookie("berth=" + token + "x").get("/api/v1/me");
      edge.lines().session().cut();
      alice.get("/portal?token=query-secret");
    } finally {
      System.setOut(console);
      ROOT.removeHandler(keeping);
    }

    String all = String.join("\n", records) + written.toString(StandardCharsets.UTF_8);
    String basic =
        Base64.getEncoder()
            .encodeToString("kasm_user:secret12".getBytes(StandardCharsets.US_ASCII));
    assertThat(all).contains("alice-stale", "alice-gone", "stored password is stale");
    assertThat(all)
        .doesNotContain("secret12", "another1", basic, "query-secret", "bearer-secret")
        .doesNotContain(token, token.substring(token.lastIndexOf('.')));
  }
}
