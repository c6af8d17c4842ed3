package io.berth.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookFromOutsideTest {

  @Test
  void anUpgradeThatArrivesIsWell() throws IOException {
    assertThat(look("401 Unauthorized", Duration.ZERO))
        .extracting(Finding::subject, Finding::isWell)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("clock", true),
            org.assertj.core.groups.Tuple.tuple("websocket", true));
  }

  @Test
  void aProxyThatDropsTheUpgradeIsNamedWithItsFix() throws IOException {
    assertThat(look("302 Found", Duration.ZERO))
        .filteredOn(finding -> finding.subject().equals("websocket"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.fix().orElseThrow()).contains("Upgrade"));
  }

  @Test
  void aClockThatIsTenMinutesOffIsFound() throws IOException {
    assertThat(look("401 Unauthorized", Duration.ofMinutes(10)))
        .filteredOn(finding -> finding.subject().equals("clock"))
        .singleElement()
        .matches(finding -> !finding.isWell());
  }

  @Test
  void nobodyAtTheAddressIsFoundOnce() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(new LookFromOutside("http://127.0.0.1:" + port).look())
        .singleElement()
        .satisfies(finding -> assertThat(finding.fix().orElseThrow()).contains("./berth up"));
  }

  /** Looks at a server that answers any request so, its clock that much ahead. */
  private static List<Finding> look(String status, Duration ahead) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.ofVirtual().start(() -> answer(server, status, ahead));
      List<Finding> findings =
          new LookFromOutside("http://127.0.0.1:" + server.getLocalPort()).look();
      answering.interrupt();
      return findings;
    }
  }

  private static void answer(ServerSocket server, String status, Duration ahead) {
    try (Socket socket = server.accept()) {
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null && !line.isEmpty(); ) {
        line = lines.readLine();
      }
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              ZonedDateTime.now(ZoneOffset.UTC).plus(ahead));
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 %s\r\nDate: %s\r\nContent-Length: 0\r\n\r\n"
                  .formatted(status, date)
                  .getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
