package io.berth.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bench.process.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UpstreamTest {

  private static final String UPGRADE =
      """
      GET /desktop/x/echo HTTP/1.1\r
      Host: x\r
      SEC-WEBSOCKET-KEY: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;

  private final int port = FreePorts.one();

  @SuppressWarnings("NullAway.Init")
  private Upstream upstream;

  @SuppressWarnings("NullAway.Init")
  private Socket socket;

  @BeforeEach
  void connect() throws IOException {
    upstream = new Upstream(port, 1);
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(5_000);
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    upstream.close();
  }

  @Test
  void answersRequestsThatComeInOnePacket() throws IOException {
    send("GET /a/small HTTP/1.1\r\nHost: x\r\n\r\nGET /small?q=1 HTTP/1.1\r\nHost: x\r\n\r\n");

    for (int i = 0; i < 2; i++) {
      assertThat(head()).startsWith("HTTP/1.1 200 OK").contains("Content-Length: 2048");
      assertThat(socket.getInputStream().readNBytes(Content.SMALL_LENGTH))
          .startsWith(Content.FIRST)
          .endsWith(Content.LAST);
    }
  }

  @Test
  void closesWhenAsked() throws IOException {
    send("GET /small HTTP/1.1\r\nHost: x\r\nconnection: Close\r\n\r\n");

    assertThat(head()).contains("Connection: close");
    assertThat(socket.getInputStream().readAllBytes()).hasSize(Content.SMALL_LENGTH);
  }

  @Test
  void refusesWhatItDoesNotServe() throws IOException {
    send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

    assertThat(head()).startsWith("HTTP/1.1 404");
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void echoesFramesThatComeByteByByte() throws IOException {
    for (int i = 0; i < UPGRADE.length(); i++) {
      send(UPGRADE.substring(i, i + 1));
    }
    assertThat(head())
        .startsWith("HTTP/1.1 101")
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    // "Hello" masked, the example of RFC 6455, 5.7.
    byte[] masked = {
      (byte) 0x81, (byte) 0x85, 0x37, (byte) 0xfa, 0x21, 0x3d, 0x7f, (byte) 0x9f, 0x4d, 0x51, 0x58
    };

    for (byte next : masked) {
      socket.getOutputStream().write(next);
      socket.getOutputStream().flush();
    }

    byte[] frame = socket.getInputStream().readNBytes(7);
    assertThat(frame).startsWith((byte) 0x81, (byte) 5);
    assertThat(new String(frame, 2, 5, StandardCharsets.US_ASCII)).isEqualTo("Hello");
  }

  private void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < 4_096) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
