package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.edge.Http2Client.Answer;
import io.berth.proxy.edge.Http2Client.Frame;
import io.berth.proxy.upstream.Head;
import io.berth.proxy.upstream.KasmUpstream;
import io.berth.proxy.upstream.ScriptedUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

// Messages stand here as they go over the wire.
@SuppressWarnings("StringConcatToTextBlock")
class Http2Test {

  private static final int LARGE = 64 * 1024 * 1024;
  private static final int ENHANCE_YOUR_CALM = 0xb;
  private static final int REFUSED_STREAM = 7;
  private static final int NO_ERROR = 0;

  /** Answers that go on until somebody hangs up. */
  private static final AtomicInteger WAITING = new AtomicInteger();

  private static SecureEdge secure;
  private static KasmUpstream kasm;
  private static ScriptedUpstream desktop;

  @BeforeAll
  static void start() {
    secure = new SecureEdge(Map.of("berth.proxy.limits.enabled", "false"));
    kasm = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    desktop = new ScriptedUpstream(Http2Test::answer);
    secure.edge().publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, kasm));
    secure.edge().publish(TestDatabase.TestRoute.plain("alice-plain", Person.ALICE, desktop));
  }

  @AfterAll
  static void stop() {
    kasm.close();
    desktop.close();
    secure.close();
  }

  /** What the scripted desktop does, by the path. */
  private static boolean answer(Head head, InputStream in, OutputStream out) throws IOException {
    switch (head.target()) {
      case "/large" -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(LARGE));
        byte[] some = new byte[64 * 1024];
        for (int i = 0; i < LARGE / some.length; i++) {
          out.write(some);
        }
      }
      case "/trailers" ->
          write(
              out,
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "2\r\nok\r\n0\r\nX-Sum: 7\r\nSet-Cookie: __Host-berth=planted\r\n\r\n");
      case "/hints" ->
          write(
              out,
              "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                  + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x-own\r\nX-Own: 1\r\n"
                  + "Keep-Alive: timeout=5\r\n\r\nok");
      case "/breaks" -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        return false;
      }
      case "/waits" -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        out.flush();
        WAITING.incrementAndGet();
        try {
          return in.read() >= 0;
        } finally {
          WAITING.decrementAndGet();
        }
      }
      case "/never-reads" -> {
        write(out, "HTTP/1.1 100 Continue\r\n\r\n");
        out.flush();
        sleepUntilClosed();
        return false;
      }
      case "/upload" -> {
        long length = head.header("Content-Length").map(Long::parseLong).orElse(-1L);
        long read = length < 0 ? chunks(in) : in.skip(length);
        String body = "read " + read;
        write(
            out, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
      }
      default -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
    return true;
  }

  private static void sleepUntilClosed() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long chunks(InputStream in) throws IOException {
    long read = 0;
    while (true) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      int size = Integer.parseInt(line.toString().trim(), 16);
      if (size == 0) {
        StringBuilder trailers = new StringBuilder();
        while (!trailers.toString().endsWith("\r\n\r\n") && !trailers.toString().equals("\r\n")) {
          trailers.append((char) in.read());
        }
        return read + (trailers.toString().contains("x-sum") ? 1_000_000 : 0);
      }
      in.readNBytes(size + 2);
      read += size;
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String alice() {
    return secure.cookie(Person.ALICE);
  }

  private static Http2Client client() {
    return Http2Client.to(secure.port());
  }

  // --- what browsers do

  @Test
  void aPageOfADesktopComesOverHttp2() throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(SecureEdge.trusting())
            .version(HttpClient.Version.HTTP_2)
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "https://127.0.0.1:%d/desktop/alice-kasm/package.json"
                          .formatted(secure.port())))
              .header("Cookie", alice())
              .build();

      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{}");
    }
  }

  @Test
  void cookiesInPiecesAreCheckedTogetherAndOursGoNowhere() {
    try (Http2Client client = client()) {
      client.request(
          1,
          true,
          Http2Client.head(
              "GET",
              "/desktop/alice-plain/x",
              "cookie",
              "own=1",
              "cookie",
              alice(),
              "cookie",
              "two=2",
              "cookie",
              "__Host-berth=planted"));

      assertThat(client.answer(1).status()).isEqualTo(200);
    }
    Head head = desktop.heads().getLast();
    assertThat(head.headers("Cookie")).containsExactly("own=1; two=2");
    assertThat(head.exactly("Host")).contains("berth.test:5006");
    assertThat(head.text()).doesNotContain("berth=");
  }

  @Test
  void withoutALoginAVisitIsSentToSignInAndAForeignDesktopIsNotThere() {
    try (Http2Client client = client()) {
      client.request(
          1,
          true,
          Http2Client.head(
              "GET", "/desktop/alice-plain/", "sec-fetch-mode", "navigate", "accept", "text/html"));
      client.get(3, "/desktop/alice-plain/", secure.cookie(Person.BOB));

      Answer visit = client.answer(1);
      Answer foreign = client.answer(3);

      assertThat(visit.status()).isEqualTo(302);
      assertThat(visit.headers().get("location").toString()).startsWith("/auth/login?return_to=");
      assertThat(foreign.status()).isEqualTo(404);
    }
  }

  @Test
  void manyRequestsAreUnderWayOnOneConnection() {
    try (Http2Client client = client()) {
      for (int i = 0; i < 50; i++) {
        client.get(2 * i + 1, "/desktop/alice-plain/" + i, alice());
      }
      int answered = 0;
      while (answered < 50) {
        Frame frame = client.read();
        assertThat(frame.type()).isNotNegative();
        answered += frame.endsStream() ? 1 : 0;
      }
      assertThat(client.seen(Http2Client.HEADERS))
          .allMatch(frame -> "200".contentEquals(frame.headers().status()));
    }
  }

  @Test
  void headsOfHttp1AreTranslatedAndItsConnectionsAffairsLeftOut() {
    try (Http2Client client = client()) {
      client.get(1, "/desktop/alice-plain/hints", alice());

      Answer answer = client.answer(1);

      assertThat(client.seen(Http2Client.HEADERS))
          .extracting(frame -> frame.headers().status().toString())
          .containsExactly("103", "200");
      assertThat(answer.headers().names())
          .extracting(CharSequence::toString)
          .doesNotContain("connection", "keep-alive", "transfer-encoding", "x-own");
    }
  }

  @Test
  void aHeadRequestEndsWithItsHead() {
    try (Http2Client client = client()) {
      client.request(
          1, true, Http2Client.head("HEAD", "/desktop/alice-plain/x", "cookie", alice()));

      Answer answer = client.answer(1);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().get("content-length")).hasToString("2");
      assertThat(client.seen(Http2Client.DATA)).isEmpty();
    }
  }

  @Test
  void trailersPassBothWaysWithoutWhatWouldBeAHeader() {
    try (Http2Client client = client()) {
      client.get(1, "/desktop/alice-plain/trailers", alice());
      Answer answer = client.answer(1);
      client.request(
          3, false, Http2Client.head("POST", "/desktop/alice-plain/upload", "cookie", alice()));
      client.data(3, false, new byte[10]);
      client.request(3, true, "x-sum", "7", "authorization", "Basic evil");
      Answer upload = client.answer(3);

      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.trailers().get("x-sum")).hasToString("7");
      assertThat(answer.trailers().get("set-cookie")).isNull();
      assertThat(upload.body()).isEqualTo("read 1000010");
    }
  }

  // --- what must not work

  private static Arguments malformed(String... fields) {
    return Arguments.of((Object) fields);
  }

  static Stream<Arguments> malformedHeads() {
    String ours = secure.cookie(Person.ALICE);
    String path = "/desktop/alice-plain/evil";
    return Stream.of(
        malformed(Http2Client.head("GET", path, "cookie", ours, "connection", "close")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "transfer-encoding", "chunked")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "upgrade", "websocket")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "keep-alive", "timeout=5")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "te", "gzip")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "X-Upper", "1")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "x y", "1")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "x", "a\r\nevil: 1")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "x", "a\nevil: 1")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "x", "a\0b")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "x\r\nevil", "1")),
        malformed(Http2Client.head("GET", path, "cookie", ours, "host", "other.test")),
        malformed(Http2Client.head("GET", path, "cookie", ours, ":path", "/other")),
        malformed(Http2Client.head("GET", path, "cookie", ours, ":unknown", "1")),
        malformed(Http2Client.head("GET " + path + " HTTP/1.1\r\nx:", "/x", "cookie", ours)),
        malformed(Http2Client.head("GET", "/x HTTP/1.1\r\nevil: 1\r\n\r\n", "cookie", ours)),
        malformed(Http2Client.head("GET", "https://berth.test:5006" + path, "cookie", ours)),
        malformed(Http2Client.head("GET", "*", "cookie", ours)),
        malformed(Http2Client.head("GET", "", "cookie", ours)),
        malformed(Http2Client.head("POST", path, "cookie", ours, "content-length", "+5")),
        malformed(":method", "GET", ":scheme", "https", ":path", path, "cookie", ours),
        malformed(":method", "GET", ":authority", "berth.test:5006", ":path", path, "cookie", ours),
        malformed(":scheme", "https", ":authority", "berth.test:5006", ":path", path));
  }

  @ParameterizedTest
  @MethodSource("malformedHeads")
  void aMalformedHeadReachesNobodyAndOthersGoOn(String[] fields) {
    int before = desktop.heads().size();
    try (Http2Client client = client()) {
      client.request(1, true, fields);

      Answer refused = client.answer(1);

      assertThat(refused.status() == 400 || refused.reset() > 0).as(refused.toString()).isTrue();
      assertThat(desktop.heads()).hasSize(before);
      client.get(3, "/desktop/alice-plain/after", alice());
      assertThat(client.answer(3).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/desktop/alice-plain/../bob/",
        "/desktop/alice-plain/%2e%2e/x",
        "/desktop/alice-plain%2f..%2fx",
        "/desktop/alice-plain/\\x",
        "//evil.test/",
        "/desktop/alice-plain/#x"
      })
  void theRulesOfAddressesAreTheSame(String path) {
    try (Http2Client client = client()) {
      client.get(1, path, alice());

      assertThat(client.answer(1).status()).isEqualTo(400);
    }
  }

  @Test
  void connectAndTraceAreRefusedAndTunnelsAreNotOffered() {
    try (Http2Client client = client()) {
      Frame settings = client.settings();
      client.request(1, true, Http2Client.head("TRACE", "/x", "cookie", alice()));
      Answer trace = client.answer(1);
      client.request(
          3, false, Http2Client.head("CONNECT", "/x", ":protocol", "websocket", "cookie", alice()));
      Answer connect = client.answer(3);

      List<Integer> offered =
          IntStream.range(0, settings.payload().remaining() / 6)
              .map(i -> settings.payload().getShort(6 * i))
              .boxed()
              .toList();
      assertThat(offered).contains(3, 4, 6).doesNotContain(8);
      assertThat(trace.status()).isEqualTo(405);
      assertThat(connect.status() >= 400 || connect.reset() > 0).isTrue();
    }
  }

  @Test
  void aBodyThatIsNotAsLongAsItSaysIsNoRequest() {
    try (Http2Client client = client()) {
      client.request(
          1,
          false,
          Http2Client.head(
              "POST", "/desktop/alice-plain/upload", "cookie", alice(), "content-length", "5"));
      client.data(
          1, true, "hello GET /smuggled HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(client.answer(1).reset()).isPositive();
    }
    assertThat(desktop.heads()).noneMatch(head -> head.target().equals("/smuggled"));
  }

  @Test
  void tooMuchOfAHeadIsRefused() {
    try (Http2Client client = client()) {
      client.get(1, "/" + "a".repeat(5_000), alice());
      Answer line = client.answer(1);
      client.get(3, "/desktop/alice-plain/x", "x=" + "a".repeat(17_000));
      Answer head = client.answer(3);

      assertThat(line.status()).isEqualTo(414);
      assertThat(head.status() == 431 || head.reset() > 0).as(head.toString()).isTrue();
    }
  }

  @Test
  void tooLargeABodyForAServiceIs413AndTheRestIsNotWanted() {
    try (Http2Client client = client()) {
      client.request(
          1,
          false,
          Http2Client.head("POST", "/api/v1/x", "cookie", alice(), "content-length", "11000000"));

      assertThat(client.answer(1).status()).isEqualTo(413);
      assertThat(client.await(Http2Client.RST_STREAM).code()).isEqualTo(NO_ERROR);
    }
  }

  @Test
  void aFloodOfResetsIsAnsweredByGoaway() {
    try (Http2Client client = client()) {
      int stream = 1;
      try {
        for (; stream < 2_000; stream += 2) {
          client.get(stream, "/desktop/alice-plain/waits", alice());
          client.reset(stream);
        }
      } catch (java.io.UncheckedIOException e) {
        // Cut off already.
      }

      Frame away = client.await(Http2Client.GOAWAY);

      assertThat(away.type() < 0 || away.code() == ENHANCE_YOUR_CALM).isTrue();
      assertThat(client.await(-2).type()).isEqualTo(-1);
    }
    Eventually.eventually("nothing left", () -> WAITING.get() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500})
  void aFloodOfContinuationsIsAnsweredByGoaway(int size) {
    try (Http2Client client = client()) {
      client.send(Http2Client.HEADERS, 0, 1, client.block(Http2Client.head("GET", "/x", "x", "y")));
      byte[] piece = new byte[size];
      if (size > 0) {
        // Literal fields without an end: each piece goes on with the one before.
        Arrays.fill(piece, (byte) 0x82);
      }
      try {
        for (int i = 0; i < 5_000; i++) {
          client.send(Http2Client.CONTINUATION, 0, 1, piece);
        }
      } catch (java.io.UncheckedIOException e) {
        // Cut off already.
      }

      Frame away = client.await(Http2Client.GOAWAY);

      assertThat(away.type() < 0 || away.code() != NO_ERROR).isTrue();
      assertThat(client.await(-2).type()).isEqualTo(-1);
    }
  }

  @Test
  void aFloodOfEmptyFramesIsAnsweredByGoaway() {
    try (Http2Client client = client()) {
      client.request(
          1, false, Http2Client.head("POST", "/desktop/alice-plain/upload", "cookie", alice()));
      try {
        for (int i = 0; i < 1_000; i++) {
          client.data(1, false, new byte[0]);
        }
      } catch (java.io.UncheckedIOException e) {
        // Cut off already.
      }

      Frame away = client.await(Http2Client.GOAWAY);

      assertThat(away.type() < 0 || away.code() == ENHANCE_YOUR_CALM).isTrue();
    }
  }

  @Test
  void moreStreamsThanAreOfferedAreRefused() {
    try (Http2Client client = client()) {
      for (int i = 0; i < 101; i++) {
        client.get(2 * i + 1, "/desktop/alice-plain/waits", alice());
      }

      Frame refused = client.await(Http2Client.RST_STREAM);

      assertThat(refused.code()).isEqualTo(REFUSED_STREAM);
      assertThat(refused.stream()).isEqualTo(201);
    }
    Eventually.eventually("nothing left", () -> WAITING.get() == 0);
  }

  // --- ends and slowness

  @Test
  void aSlowReaderHoldsUpItsOwnStreamOnly() {
    try (Http2Client client = Http2Client.to(secure.port(), 16_384)) {
      client.get(1, "/desktop/alice-plain/large", alice());
      for (int i = 0; i < 20; i++) {
        client.get(2 * i + 3, "/desktop/alice-plain/quick", alice());
        assertThat(client.answer(2 * i + 3).body()).isEqualTo("ok");
      }

      // 64 MiB were asked for: what the stream's window holds, the edge's own buffers, sockets'.
      assertThat(io.netty.buffer.PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory())
          .isLessThan(48L * 1024 * 1024);
      client.window(0, Integer.MAX_VALUE - 65_536);
      client.window(1, LARGE);
      long read =
          client.seen(Http2Client.DATA).stream()
              .filter(frame -> frame.stream() == 1)
              .mapToLong(frame -> frame.payload().remaining())
              .sum();
      while (read < LARGE) {
        Frame frame = client.read();
        assertThat(frame.type()).isNotNegative();
        read +=
            frame.stream() == 1 && frame.type() == Http2Client.DATA
                ? frame.payload().remaining()
                : 0;
      }
      assertThat(read).isEqualTo(LARGE);
    }
  }

  @Test
  void aDesktopThatDoesNotReadHoldsUpItsOwnStreamOnly() {
    try (Http2Client client = client()) {
      client.request(
          1,
          false,
          Http2Client.head("POST", "/desktop/alice-plain/never-reads", "cookie", alice()));
      client.await(Http2Client.HEADERS);
      // As much as the window allows; it opens only as far as the desktop takes it.
      int sent = 0;
      int credit = 262_144;
      byte[] some = new byte[16_384];
      while (credit >= some.length && sent < LARGE) {
        client.data(1, false, some);
        sent += some.length;
        credit -= some.length;
        if (credit < some.length) {
          client.send(Http2Client.PING, 0, 0, new byte[8]);
          Frame frame = client.read();
          while (frame.type() != Http2Client.PING) {
            assertThat(frame.type()).isNotNegative();
            credit +=
                frame.type() == Http2Client.WINDOW_UPDATE && frame.stream() == 1
                    ? frame.payload().getInt(0)
                    : 0;
            frame = client.read();
          }
        }
      }

      assertThat(sent).isLessThan(LARGE);
      client.get(3, "/desktop/alice-plain/quick", alice());
      assertThat(client.answer(3).body()).isEqualTo("ok");
    }
  }

  @Test
  void anUploadOfAnyLengthPasses() {
    try (Http2Client client = client()) {
      client.request(
          1, false, Http2Client.head("POST", "/desktop/alice-plain/upload", "cookie", alice()));
      CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> client.answer(1));
      byte[] some = new byte[16_384];
      for (int i = 0; i < 15; i++) {
        client.data(1, i == 14, some);
      }

      assertThat(answer.join().body()).isEqualTo("read " + 15 * some.length);
    }
  }

  @Test
  void aResetIsHeardByTheDesktop() {
    try (Http2Client client = client()) {
      client.get(1, "/desktop/alice-plain/waits", alice());
      client.await(Http2Client.DATA);
      int waiting = WAITING.get();

      client.reset(1);

      Eventually.eventually("the desktop hears of it", () -> WAITING.get() < waiting);
      client.get(3, "/desktop/alice-plain/after", alice());
      assertThat(client.answer(3).status()).isEqualTo(200);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsResetAndNotEnded() {
    try (Http2Client client = client()) {
      client.get(1, "/desktop/alice-plain/breaks", alice());

      Answer answer = client.answer(1);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.reset()).isPositive();
    }
  }

  @Test
  void aRevokedLoginsStreamEndsAndItsConnectionServesTheNext() {
    try (Http2Client client = client()) {
      client.get(1, "/desktop/alice-plain/waits", secure.cookie(Person.ALICE, "h2-over"));
      client.await(Http2Client.DATA);

      TestDatabase.shared().revoke("h2-over");

      assertThat(client.answer(1).reset()).isPositive();
      client.get(3, "/desktop/alice-plain/x", alice());
      assertThat(client.answer(3).status()).isEqualTo(200);
    }
  }

  @Test
  void aProxyThatStopsSaysGoawayAndFinishesWhatIsUnderWay() {
    SecureEdge stopping = new SecureEdge(Map.of("berth.proxy.drain-requests", "20s"));
    stopping.edge().await("alice-plain");
    try (Http2Client client = Http2Client.to(stopping.port())) {
      client.request(
          1,
          false,
          Http2Client.head(
              "POST", "/desktop/alice-plain/upload", "cookie", stopping.cookie(Person.ALICE)));
      client.data(1, false, new byte[100]);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping.edge()::stop);

      Frame away = client.await(Http2Client.GOAWAY);
      client.data(1, true, new byte[100]);

      assertThat(away.code()).isEqualTo(NO_ERROR);
      assertThat(client.answer(1).body()).isEqualTo("read 200");
      stopped.join();
      assertThat(client.await(-2).type()).isEqualTo(-1);
    } finally {
      stopping.close();
      secure.edge().publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, kasm));
      secure.edge().publish(TestDatabase.TestRoute.plain("alice-plain", Person.ALICE, desktop));
    }
  }
}
