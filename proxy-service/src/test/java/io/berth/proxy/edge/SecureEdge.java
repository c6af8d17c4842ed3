package io.berth.proxy.edge;

import io.berth.proxy.upstream.PemCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jose4j.jwt.JwtClaims;

/** An edge that speaks TLS, and clients that take its certificate as it is. */
final class SecureEdge implements AutoCloseable {

  static final String URL = "https://berth.test:5006";
  static final PemCertificate FIRST = PemCertificate.make("first.berth.test", "EC");
  private static final int TIMEOUT = 20_000;

  private final Path folder;
  private final EdgeUnderTest edge;

  SecureEdge(Map<String, String> settings) {
    try {
      folder = Files.createTempDirectory("berth-tls-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write("certificate.pem", FIRST.certificate());
    write("key.pem", FIRST.key());
    Map<String, String> all = new HashMap<>();
    all.put("berth.public-url", URL);
    all.put("berth.proxy.tls.certificate", folder.resolve("certificate.pem").toString());
    all.put("berth.proxy.tls.key", folder.resolve("key.pem").toString());
    all.put("berth.proxy.tls.check-every", "20ms");
    all.putAll(settings);
    edge = EdgeUnderTest.started(all);
  }

  /** Replaces one of the two files at once, as renewals do. */
  void write(String file, String text) {
    try {
      Path fresh = folder.resolve(file + ".new");
      Files.writeString(fresh, text);
      Files.move(fresh, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EdgeUnderTest edge() {
    return edge;
  }

  int port() {
    return edge.port();
  }

  /** The cookie of a login as auth-service makes it on https. */
  String cookie(Person person) {
    return cookie(person, "login-" + person.slug());
  }

  String cookie(Person person, String loginId) {
    JwtClaims claims = TestIssuer.claims(person, loginId);
    claims.setIssuer(URL);
    return "__Host-berth=" + edge.issuer().sign(claims);
  }

  Browser browser() {
    return new Browser(port(), SecureEdge::connect);
  }

  Browser browser(Person person) {
    return browser().cookie(cookie(person));
  }

  /** A TLS connection that offers these protocols for what follows. */
  static SSLSocket connect(int port, String... protocols) {
    try {
      SSLSocket socket =
          (SSLSocket)
              trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(protocols);
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(TIMEOUT);
      socket.setTcpNoDelay(true);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket connect(int port) {
    return connect(port, "http/1.1");
  }

  /** Takes every certificate: a test looks at it by itself. */
  static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    edge.close();
    try {
      Files.deleteIfExists(folder.resolve("certificate.pem"));
      Files.deleteIfExists(folder.resolve("key.pem"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
