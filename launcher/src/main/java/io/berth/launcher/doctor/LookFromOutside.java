package io.berth.launcher.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Looks at Berth as a browser does, through whatever stands in front of it: does the address
 * answer, is its certificate good, do the clocks agree, does a WebSocket's upgrade arrive.
 */
public final class LookFromOutside {

  private static final int TIMEOUT = 5_000;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final Duration CERTIFICATE_SOON = Duration.ofDays(14);

  private final URI url;

  public LookFromOutside(String url) {
    this.url = URI.create(url);
  }

  /** What is found; nothing more than the first if the address does not answer. */
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try (Socket socket = connect()) {
      if (socket instanceof SSLSocket secured) {
        findings.add(certificate(secured));
      }
      Answer answer = askForWebSocket(socket);
      answer.date().ifPresent(date -> findings.add(clock(date)));
      findings.add(upgrade(answer.status()));
    } catch (SSLException e) {
      findings.add(
          Finding.wrong(
              "certificate",
              "%s is not trusted here (%s)".formatted(url.getHost(), e.getMessage()),
              "serve the whole chain, for this name, from an authority that browsers know"));
    } catch (IOException e) {
      findings.add(
          Finding.wrong(
              "address",
              "%s does not answer (%s)".formatted(url, e.getMessage()),
              "./berth up; if it runs: open the port in the firewall, correct DOCKER_HOST_URL in"
                  + " .env"));
    }
    return findings;
  }

  private record Answer(int status, Optional<Instant> date) {}

  private Socket connect() throws IOException {
    boolean secure = "https".equals(url.getScheme());
    int port = url.getPort() > 0 ? url.getPort() : secure ? HTTPS : HTTP;
    Socket plain = new Socket();
    plain.connect(new InetSocketAddress(url.getHost(), port), TIMEOUT);
    plain.setSoTimeout(TIMEOUT);
    if (!secure) {
      return plain;
    }
    SSLSocket secured =
        (SSLSocket)
            ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, url.getHost(), port, true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /**
   * Without a login the edge answers a WebSocket's handshake with 401 and a page's request with
   * 302: which of the two it has seen tells whether the upgrade arrived.
   */
  private Answer askForWebSocket(Socket socket) throws IOException {
    String authority = url.getAuthority();
    String request =
        """
        GET /desktop/doctor-looks/websockify HTTP/1.1
        Host: %s
        Accept: text/html
        Origin: %s://%s
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: ZG9jdG9yLWxvb2tzLWhlcg==

        """
            .formatted(authority, url.getScheme(), authority)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String first = lines.readLine();
    if (first == null || !first.matches("HTTP/1\\.[01] \\d{3}.*")) {
      throw new IOException("no HTTP answer");
    }
    Optional<Instant> date = Optional.empty();
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("date:")) {
        date = parse(line.substring("date:".length()).strip());
      }
    }
    return new Answer(Integer.parseInt(first.substring(9, 12)), date);
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Finding clock(Instant theirs) {
    Duration skew = Duration.between(theirs, Instant.now()).abs();
    String seen = "%d s apart from this machine's".formatted(skew.toSeconds());
    return skew.compareTo(SKEW) <= 0
        ? Finding.well("clock", seen)
        : Finding.wrong("clock", seen, "set both by NTP: logins are refused beyond 60 s");
  }

  private Finding upgrade(int status) {
    return switch (status) {
      case 401 -> Finding.well("websocket", "the upgrade arrives at the edge");
      case 302 ->
          Finding.wrong(
              "websocket",
              "the upgrade gets lost before the edge: desktops stay black",
              "what is in front of %s must pass Upgrade and Connection; docker/nginx has the lines"
                  .formatted(url.getAuthority()));
      default ->
          Finding.wrong(
              "websocket",
              "a handshake is answered with %d, not by the edge".formatted(status),
              "does %s lead to Berth's edge? ./berth logs proxy".formatted(url));
    };
  }

  private static Finding certificate(SSLSocket socket) throws SSLException {
    X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    Instant end = certificate.getNotAfter().toInstant();
    String seen = "good until " + end;
    return end.isAfter(Instant.now().plus(CERTIFICATE_SOON))
        ? Finding.well("certificate", seen)
        : Finding.wrong(
            "certificate", seen, "renew it: the edge takes a new file without a restart");
  }
}
