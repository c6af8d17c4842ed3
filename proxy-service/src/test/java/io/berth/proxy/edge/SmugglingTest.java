package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmugglingTest {

  private static final String HOST = "Host: berth.test:5006\r\n";
  private static EdgeUnderTest edge;

  @BeforeAll
  static void start() {
    edge = EdgeUnderTest.started(Map.of("berth.proxy.http.head-deadline", "1s"));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: -5\r\n\r\nhello",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Content-Length: 0x5\r\n\r\nhello",
        "Transfer-Encoding: gzip\r\n\r\nhello",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\nX: y\r\n\r\nhello",
        ": empty\r\n\r\n",
        "X-Nul: a\0b\r\n\r\n",
        " folded: x\r\n\r\n",
        "Host: other.test\r\n\r\n",
        "X-Cr: a\rb\r\n\r\n"
      })
  void anAmbiguousMessageIsRefusedAndTheConnectionClosed(String rest) {
    int before = edge.session().heads().size();

    Browser.Answer answer = edge.browser().raw("POST /api/v1/x HTTP/1.1\r\n" + HOST + rest);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(edge.session().heads()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\u0001", " ", "\n", "\t", "\r\r", "\r\n\r\n"})
  void aByteThatNoRequestBeginsWithIsRefused(String leading) {
    Browser.Answer answer =
        edge.browser()
            .raw(leading + "GET /auth/x HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n");

    assertThat(answer.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nhello\r\n0\r\n\r\n",
        "-1\r\n",
        "5;x\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "ffffffffff\r\nx"
      })
  void aBadChunkEndsTheConnection(String body) {
    Browser.Answer answer =
        edge.browser(Person.ALICE)
            .raw(
                edge.browser(Person.ALICE)
                        .head("POST", "/api/v1/x", java.util.List.of("Transfer-Encoding: chunked"))
                    + "\r\n"
                    + body);

    assertThat(answer.status()).isIn(0, 400);
  }

  @Test
  void oneEmptyLineBeforeARequestIsForgiven() {
    assertThat(
            edge.browser()
                .raw("\r\nGET /auth/x HTTP/1.1\r\nConnection: close\r\n" + HOST + "\r\n")
                .status())
        .isEqualTo(200);
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() {
    String first = edge.browser(Person.ALICE).head("GET", "/first", java.util.List.of());
    String second =
        edge.browser(Person.ALICE).head("GET", "/q/second", java.util.List.of("Connection: close"));

    Browser.Answer answer = edge.browser().raw(first + "\r\n" + second + "\r\n");

    assertThat(answer.body().indexOf("GET /first")).isZero();
    assertThat(answer.body()).contains("HTTP/1.1 404");
  }

  @Test
  void tooLargeHeadsAreRefused() {
    assertThat(edge.browser().get("/" + "a".repeat(5_000)).status()).isEqualTo(414);
    assertThat(edge.browser().header("X: " + "a".repeat(21_000)).get("/").status()).isEqualTo(431);
  }

  @Test
  void tooLargeBodiesForServicesAreRefused() {
    Browser alice = edge.browser(Person.ALICE);

    assertThat(alice.request("POST", "/api/v1/x", "Content-Length: 11000000\r\n\r\n").status())
        .isEqualTo(413);
  }

  @Test
  void aHeadThatTricklesIsCutOff() throws Exception {
    try (var socket = edge.browser().connect()) {
      socket
          .getOutputStream()
          .write("GET / HT".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }
}
