package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.proxy.upstream.KasmUpstream;
import io.berth.proxy.upstream.PemCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  private static SecureEdge secure;
  private static KasmUpstream desktop;

  @BeforeAll
  static void start() {
    secure =
        new SecureEdge(
            Map.of(
                "berth.proxy.tls.redirect-port", "0",
                "berth.proxy.http.head-deadline", "2s"));
    desktop = new KasmUpstream(KasmUpstream.Version.V1_5_1, "secret12");
    secure.edge().publish(TestDatabase.TestRoute.kasm("alice-kasm", Person.ALICE, desktop));
  }

  @AfterAll
  static void stop() {
    desktop.close();
    secure.close();
  }

  @Test
  void theCookieThatIsBoundToTheHostOpensTheDesktop() {
    Browser.Answer answer = secure.browser(Person.ALICE).get("/desktop/alice-kasm/package.json");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(desktop.heads().getLast().exactly("X-Forwarded-Proto")).contains("https");
    assertThat(desktop.heads().getLast().text()).doesNotContain("__Host-berth");
  }

  @Test
  void aCookieThatAnyHostOfTheDomainCouldSetIsNoLogin() {
    String token = secure.cookie(Person.ALICE).substring("__Host-".length());

    assertThat(secure.browser().cookie(token).get("/desktop/alice-kasm/x").status()).isEqualTo(401);
  }

  @Test
  void aWebSocketGoesThroughTlsWithPagesOfTheHttpsOriginOnly() {
    try (WebSocket socket =
        secure
            .browser(Person.ALICE)
            .webSocket("/desktop/alice-kasm/websockify", "Origin: " + SecureEdge.URL)) {
      assertThat(socket.receive()).startsWith("RFB");
      assertThat(socket.send("hello").receive()).isEqualTo("hello");
    }
    assertThat(
            secure
                .browser(Person.ALICE)
                .webSocket("/desktop/alice-kasm/websockify", "Origin: http://berth.test:5006")
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void clientsOfBothVersionsAreServed(String version) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            SecureEdge.trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), secure.port())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();

      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getSession().getCipherSuite()).containsAnyOf("_GCM_", "_CHACHA20_");
    }
  }

  @Test
  void theBrowserChoosesHttp2OrHttp1() throws IOException {
    try (SSLSocket both = SecureEdge.connect(secure.port(), "h2", "http/1.1");
        SSLSocket old = SecureEdge.connect(secure.port(), "http/1.1");
        SSLSocket silent = SecureEdge.connect(secure.port())) {
      assertThat(both.getApplicationProtocol()).isEqualTo("h2");
      assertThat(old.getApplicationProtocol()).isEqualTo("http/1.1");
      assertThat(silent.getApplicationProtocol()).isEmpty();
    }
  }

  @Test
  void aRenewedCertificateIsTakenUpAndWhatIsOpenStaysOpen() throws IOException {
    PemCertificate second = PemCertificate.make("second.berth.test", "EC");
    try (Socket before = secure.browser(Person.ALICE).connect()) {
      secure.write("certificate.pem", second.certificate());
      // Half of a renewal: nobody is served a certificate without its key.
      assertThat(served()).isEqualTo("CN=first.berth.test");

      secure.write("key.pem", second.key());

      Eventually.eventually("renewed", () -> served().equals("CN=second.berth.test"));
      assertThat(statusOver(before)).isEqualTo("HTTP/1.1 200 OK");
    } finally {
      secure.write("certificate.pem", SecureEdge.FIRST.certificate());
      secure.write("key.pem", SecureEdge.FIRST.key());
      Eventually.eventually("as before", () -> served().equals("CN=first.berth.test"));
    }
  }

  @Test
  void aCertificateThatCanNotBeReadChangesNothing() {
    secure.write("certificate.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n");
    try {
      assertThat(served()).isEqualTo("CN=first.berth.test");
    } finally {
      secure.write("certificate.pem", SecureEdge.FIRST.certificate());
    }
  }

  private static String served() {
    try (SSLSocket socket = SecureEdge.connect(secure.port(), "http/1.1")) {
      return socket.getSession().getPeerPrincipal().getName();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String statusOver(Socket socket) throws IOException {
    String head =
        secure.browser(Person.ALICE).head("GET", "/desktop/alice-kasm/package.json", List.of());
    socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(15), StandardCharsets.ISO_8859_1);
  }

  @Test
  void plainHttpIsSentToHttpsAtOurOwnAddressAndNothingElseIsTakenThere() {
    Browser plain = new Browser(secure.edge().redirectPort()).header("Host: evil.test");

    Browser.Answer visit = plain.get("/desktop/alice-kasm/?x=1");

    assertThat(visit.status()).isEqualTo(308);
    assertThat(visit.header("Location")).isEqualTo(SecureEdge.URL + "/desktop/alice-kasm/?x=1");
    assertThat(plain.post("/api/v1/sessions", "{}").status()).isEqualTo(403);
    assertThat(
            plain.cookie(secure.cookie(Person.ALICE)).webSocket("/desktop/alice-kasm/x").status())
        .isEqualTo(403);
  }

  @Test
  void whoNeverShakesHandsOrSpeaksPlainHttpIsCutOff() throws IOException {
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), secure.port());
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), secure.port())) {
      silent.setSoTimeout(10_000);
      plain.setSoTimeout(10_000);
      plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("HTTP/1.1");
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void httpsForLaterIsPromisedOnlyIfItIsSaidSo() {
    assertThat(secure.browser().get("/auth/x").header("Strict-Transport-Security")).isEmpty();
    try (SecureEdge strict = new SecureEdge(Map.of("berth.proxy.tls.hsts", "365d"))) {
      assertThat(strict.browser().get("/auth/x").header("Strict-Transport-Security"))
          .isEqualTo("max-age=31536000");
    }
  }

  @Test
  void aHalfConfiguredTlsIsAnErrorAtTheStart() {
    assertThatThrownBy(
            () -> new SecureEdge(Map.of("berth.proxy.tls.key", "/does/not/exist.pem")).close())
        .hasMessageContaining("berth.proxy.tls.key");
    assertThatThrownBy(
            () -> new SecureEdge(Map.of("berth.public-url", "http://berth.test:5006")).close())
        .hasMessageContaining("berth.public-url");
    assertThatThrownBy(() -> EdgeUnderTest.started(Map.of("berth.proxy.tls.hsts", "1d")).close())
        .hasMessageContaining("berth.proxy.tls.certificate");
  }
}
