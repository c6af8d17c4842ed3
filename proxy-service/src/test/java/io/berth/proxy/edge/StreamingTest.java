package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.Head;
import io.berth.proxy.upstream.KasmUpstream;
import io.berth.proxy.upstream.ScriptedUpstream;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages of HTTP/1.1 on their way through: nothing is gathered, decoded, invented or lost. */
// Messages stand here as they go over the wire.
@SuppressWarnings("StringConcatToTextBlock")
class StreamingTest {

  private static final String AT = "/desktop/alice-plain";
  private static final long GIGABYTE = 1L << 30;
  private static final long FLAT = 48L * 1024 * 1024;
  private static final String GZIP = "\u001f\u008b\b\0not really";

  private static final CountDownLatch SECOND_EVENT = new CountDownLatch(1);
  private static final CountDownLatch READ_ON = new CountDownLatch(1);
  private static final AtomicInteger WAITING = new AtomicInteger();
  private static final AtomicLong READ = new AtomicLong();

  private static EdgeUnderTest edge;
  private static ScriptedUpstream desktop;

  @BeforeAll
  static void start() {
    edge = EdgeUnderTest.started();
    desktop = new ScriptedUpstream(StreamingTest::answer);
    edge.publish(TestDatabase.TestRoute.plain("alice-plain", Person.ALICE, desktop));
  }

  @AfterAll
  static void stop() {
    desktop.close();
    edge.close();
  }

  private static boolean answer(Head head, InputStream in, OutputStream out) throws IOException {
    switch (head.target()) {
      case "/expects" -> {
        write(out, "HTTP/1.1 100 Continue\r\n\r\n");
        out.flush();
        String body = new String(in.readNBytes(5), StandardCharsets.US_ASCII);
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
      }
      case "/refuses" -> {
        write(out, "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
        return false;
      }
      case "/hints" ->
          write(
              out,
              "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                  + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      case "/trailers" ->
          write(
              out,
              "HTTP/1.1 200 OK\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n"
                  + "2\r\n"
                  + "ok\r\n"
                  + "0\r\n"
                  + "X-Sum: 7\r\n"
                  + "Set-Cookie: berth=planted\r\n"
                  + "Clear-Site-Data: \"cookies\"\r\n\r\n");
      case "/takes-trailers" -> {
        StringBuilder body = new StringBuilder();
        while (!body.toString().endsWith("\r\n\r\n")) {
          body.append((char) in.read());
        }
        write(
            out, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
      }
      case "/part" ->
          write(
              out,
              "HTTP/1.1 206 Partial Content\r\n"
                  + "Content-Range: bytes 2-3/9\r\n"
                  + "Accept-Ranges: bytes\r\n"
                  + "Content-Length: 2\r\n\r\n"
                  + "cd");
      case "/to-the-end" -> {
        write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it");
        return false;
      }
      case "/gzip" ->
          write(
              out,
              "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(GZIP.length(), GZIP));
      case "/events" -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        out.flush();
        await(SECOND_EVENT);
        write(out, "data: 2\n\n");
        return false;
      }
      case "/waits" -> {
        WAITING.incrementAndGet();
        int gone = in.read();
        WAITING.decrementAndGet();
        return gone >= 0;
      }
      case "/large" -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(GIGABYTE));
        byte[] some = new byte[256 * 1024];
        for (long left = GIGABYTE; left > 0; left -= some.length) {
          out.write(some);
        }
      }
      case "/reads-late" -> {
        await(READ_ON);
        byte[] some = new byte[256 * 1024];
        long length = head.header("Content-Length").map(Long::parseLong).orElse(0L);
        while (READ.get() < length) {
          READ.addAndGet(in.read(some));
        }
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nread");
      }
      case "/surplus" ->
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nX-Pla");
      default ->
          write(
              out,
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
                  + (head.method().equals("HEAD") ? "" : "ok"));
    }
    return true;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody came");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Browser alice() {
    return edge.browser(Person.ALICE);
  }

  // --- heads

  @Test
  void aBodyIsSentWhenTheDesktopSaysContinue() throws IOException {
    try (Socket socket = alice().connect()) {
      String head =
          alice()
              .head("POST", AT + "/expects", List.of("Content-Length: 5", "Expect: 100-continue"));
      write(socket.getOutputStream(), head + "\r\n");
      InputStream in = socket.getInputStream();

      Head interim = Head.read(in, 4_096);
      write(socket.getOutputStream(), "hello");
      Head last = Head.read(in, 4_096);

      assertThat(interim.status()).isEqualTo(100);
      assertThat(last.status()).isEqualTo(200);
      assertThat(in.readNBytes(5)).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
    }
  }

  @Test
  void anExpectationThatTheDesktopRefusesEndsTheConnectionWithTheAnswer() {
    Browser.Answer answer =
        alice()
            .raw(
                alice()
                        .head(
                            "POST",
                            AT + "/refuses",
                            List.of("Content-Length: 5", "Expect: 100-continue"))
                    + "\r\n");

    assertThat(answer.status()).isEqualTo(417);
    assertThat(answer.header("Connection")).isEqualTo("close");
  }

  @Test
  void anInterimAnswerIsPassedOn() {
    Browser.Answer answer = alice().get(AT + "/hints");

    assertThat(answer.status()).isEqualTo(103);
    assertThat(answer.body()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nok");
  }

  @Test
  void anAnswerToHeadHasALengthAndNoBodyAndTheNextOneFollows() throws IOException {
    try (Socket socket = alice().connect()) {
      write(socket.getOutputStream(), alice().head("HEAD", AT + "/x", List.of()) + "\r\n");
      Head head = Head.read(socket.getInputStream(), 4_096);
      write(socket.getOutputStream(), alice().head("GET", AT + "/x", List.of()) + "\r\n");
      Head next = Head.read(socket.getInputStream(), 4_096);

      assertThat(head.header("Content-Length")).contains("2");
      assertThat(next.status()).isEqualTo(200);
    }
  }

  @Test
  void aPartOfAFileIsAskedForAndComes() {
    Browser.Answer answer =
        alice().header("Range: bytes=2-3").header("If-Range: \"v1\"").get(AT + "/part");

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("Content-Range")).isEqualTo("bytes 2-3/9");
    assertThat(answer.body()).isEqualTo("cd");
    assertThat(desktop.heads().getLast().exactly("Range")).contains("bytes=2-3");
    assertThat(desktop.heads().getLast().exactly("If-Range")).contains("\"v1\"");
  }

  @Test
  void whoPassesARequestOnSaysSo() {
    alice().header("Via: 1.0 forged").get(AT + "/x");
    alice().get("/");

    assertThat(desktop.heads().getLast().headers("Via")).containsExactly("1.1 berth");
    assertThat(edge.session().heads().getLast().headers("Via")).containsExactly("1.1 berth");
  }

  // --- bodies

  @Test
  void trailersPassWithoutWhatWouldCountInTheHead() {
    String raw = rawOf(plain("GET", "/trailers"));
    assertThat(raw).contains("\r\n0\r\n").contains("X-Sum: 7");
    assertThat(raw).doesNotContain("planted").doesNotContain("Clear-Site-Data");
  }

  @Test
  void aClientsTrailersBringNoCredentialAndNoClaim() {
    String body =
        "2\r\nok\r\n0\r\nX-Sum: 7\r\nAuthorization: Basic evil\r\nCookie: berth=evil\r\n"
            + "X-Forwarded-For: 6.6.6.6\r\nX_Forwarded_Host: evil\r\n\r\n";

    String answer =
        rawOf(
            alice()
                    .head(
                        "POST",
                        AT + "/takes-trailers",
                        List.of("Transfer-Encoding: chunked", "Connection: close"))
                + "\r\n"
                + body);

    assertThat(answer).containsIgnoringCase("X-Sum: 7").doesNotContain("evil", "6.6.6.6");
  }

  @Test
  void anAnswerThatEndsWithItsConnectionIsWholeAndFramed() {
    Browser.Answer answer = alice().raw(plain("GET", "/to-the-end"));

    assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(answer.body()).isEqualTo("all of it");
  }

  @Test
  void aClientOfHttp10GetsItWithoutChunks() {
    String request =
        "GET " + AT + "/to-the-end HTTP/1.0\r\nHost: berth.test:5006\r\nCookie: berth=%s\r\n\r\n";

    Browser.Answer answer =
        alice().raw(request.formatted(edge.issuer().token(Person.ALICE, "login-alice")));

    assertThat(answer.header("Transfer-Encoding")).isEmpty();
    assertThat(answer.body()).isEqualTo("all of it");
  }

  @Test
  void whatComesBehindAnAnswerIsNotTheBeginningOfTheNext() throws IOException {
    try (Socket socket = alice().connect()) {
      for (String path : List.of("/surplus", "/x")) {
        write(socket.getOutputStream(), alice().head("GET", AT + path, List.of()) + "\r\n");
        Head head = Head.read(socket.getInputStream(), 4_096);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).doesNotContain("X-Pla");
        assertThat(socket.getInputStream().readNBytes(2)).asString().isEqualTo("ok");
      }
    }
  }

  @Test
  void whatIsEncodedStaysSo() {
    Browser.Answer answer = alice().header("Accept-Encoding: gzip, br").get(AT + "/gzip");

    assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(answer.body()).isEqualTo(GZIP);
    assertThat(desktop.heads().getLast().exactly("Accept-Encoding")).contains("gzip, br");
  }

  @Test
  void anEventIsHereBeforeTheNextIsThought() throws IOException {
    try (Socket socket = alice().connect()) {
      write(socket.getOutputStream(), plain("GET", "/events"));
      Head.read(socket.getInputStream(), 4_096);
      byte[] first = socket.getInputStream().readNBytes("9\r\ndata: 1\n\n\r\n".length());

      SECOND_EVENT.countDown();

      assertThat(first).asString(StandardCharsets.US_ASCII).contains("data: 1");
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.US_ASCII)
          .contains("data: 2")
          .endsWith("0\r\n\r\n");
    }
  }

  @Test
  void aLargeBodyInChunksForAServiceIs413() throws IOException {
    try (Socket socket = alice().connect()) {
      OutputStream out = socket.getOutputStream();
      write(out, alice().head("POST", "/api/v1/x", List.of("Transfer-Encoding: chunked")) + "\r\n");
      byte[] chunk =
          ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < 11; i++) {
          out.write(chunk);
        }
      } catch (IOException e) {
        // Refused already.
      }

      assertThat(Head.read(socket.getInputStream(), 4_096).status()).isEqualTo(413);
    }
  }

  // --- slowness and ends

  @Test
  void aReaderOfAGigabyteWhoWaitsCostsNoMemoryAndNobodyElse() throws IOException {
    try (Socket socket = alice().connect()) {
      write(socket.getOutputStream(), plain("GET", "/large"));
      Head.read(socket.getInputStream(), 4_096);
      for (int i = 0; i < 50; i++) {
        assertThat(alice().get(AT + "/quick").body()).isEqualTo("ok");
      }
      assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()).isLessThan(FLAT);

      byte[] some = new byte[1 << 20];
      long read = 0;
      while (read < GIGABYTE) {
        int count = socket.getInputStream().read(some);
        assertThat(count).isPositive();
        read += count;
      }

      assertThat(read).isEqualTo(GIGABYTE);
      assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()).isLessThan(FLAT);
    }
  }

  @Test
  void anUploadWaitsForADesktopThatReadsLate() throws Exception {
    long length = 256L * 1024 * 1024;
    AtomicLong sent = new AtomicLong();
    try (Socket socket = alice().connect()) {
      write(
          socket.getOutputStream(),
          alice().head("POST", AT + "/reads-late", List.of("Content-Length: " + length)) + "\r\n");
      Thread sending =
          Thread.ofVirtual()
              .start(() -> {
                byte[] some = new byte[256 * 1024];
                try {
                  while (sent.get() < length) {
                    socket.getOutputStream().write(some);
                    sent.addAndGet(some.length);
                  }
                } catch (IOException e) {
                  // Seen by what is missing.
                }
              });
      for (int i = 0; i < 50; i++) {
        assertThat(alice().get(AT + "/quick").body()).isEqualTo("ok");
      }
      assertThat(sent.get()).isLessThan(length);
      assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()).isLessThan(FLAT);

      READ_ON.countDown();

      assertThat(Head.read(socket.getInputStream(), 4_096).status()).isEqualTo(200);
      sending.join();
      assertThat(READ.get()).isEqualTo(length);
    }
  }

  @Test
  void aClientThatHangsUpIsHeardByTheDesktop() throws IOException {
    try (Socket socket = alice().connect()) {
      write(socket.getOutputStream(), plain("GET", "/waits"));
      Eventually.eventually("asked", () -> WAITING.get() == 1);
    }

    Eventually.eventually("heard", () -> WAITING.get() == 0);
  }

  @Test
  void aHeadThatComesByteByByteIsCutOffAtItsDeadline() throws Exception {
    try (EdgeUnderTest strict =
            EdgeUnderTest.started(java.util.Map.of("berth.proxy.http.head-deadline", "1s"));
        Socket socket = strict.browser().connect()) {
      byte[] head = "GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII);
      socket.setSoTimeout(200);
      boolean open = true;
      int sent = 0;
      while (open && sent < 100) {
        try {
          socket.getOutputStream().write(sent < head.length ? head[sent] : 'x');
          sent++;
          open = socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
          // Still open: the next byte.
        } catch (IOException e) {
          open = false;
        }
      }

      assertThat(open).isFalse();
    } finally {
      edge.publish(TestDatabase.TestRoute.plain("alice-plain", Person.ALICE, desktop));
    }
  }

  @Test
  void aDesktopWhoseCertificateIsToBeVerifiedGetsNothingWithAnUnknownOne() {
    try (KasmUpstream unknown = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12")) {
      TestDatabase.shared()
          .publish(TestDatabase.TestRoute.kasm("alice-strict", Person.ALICE, unknown));
      TestDatabase.shared()
          .as(
              "berth_session",
              "UPDATE routes SET verify_tls = true, generation = nextval('route_generations')"
                  + " WHERE proxy_path = 'alice-strict'");
      edge.await("alice-strict");

      Eventually.eventually(
          "not trusted", () -> alice().get("/desktop/alice-strict/package.json").status() == 503);
      int heads = unknown.heads().size();
      assertThat(alice().get("/desktop/alice-strict/package.json").status()).isEqualTo(503);
      assertThat(unknown.heads()).hasSize(heads);
      TestDatabase.shared().withdraw("alice-strict");
    }
  }

  private static String plain(String method, String path) {
    return alice().head(method, AT + path, List.of("Connection: close")) + "\r\n";
  }

  private static String rawOf(String request) {
    try (Socket socket = alice().connect()) {
      write(socket.getOutputStream(), request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
