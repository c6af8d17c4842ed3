package io.berth.proxy.edge;

import io.berth.proxy.upstream.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What a client sends, byte by byte; each request on a connection of its own. */
final class Browser {

  private static final int TIMEOUT = 20_000;

  private final int port;
  private final IntFunction<Socket> connecting;
  private final List<String> headers;

  Browser(int port) {
    this(port, Browser::plain);
  }

  /** One that connects in another way, by TLS. */
  Browser(int port, IntFunction<Socket> connecting) {
    this(port, connecting, List.of());
  }

  private Browser(int port, IntFunction<Socket> connecting, List<String> headers) {
    this.port = port;
    this.connecting = connecting;
    this.headers = List.copyOf(headers);
  }

  private static Socket plain(int port) {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Browser header(String line) {
    List<String> more = new ArrayList<>(headers);
    more.add(line);
    return new Browser(port, connecting, more);
  }

  Browser cookie(String value) {
    return header("Cookie: " + value);
  }

  /** As a page's address typed by a person. */
  Browser navigating() {
    return header("Sec-Fetch-Mode: navigate").header("Accept: text/html");
  }

  Answer get(String target) {
    return request("GET", target, "");
  }

  Answer request(String method, String target, String bodyAndHeaders) {
    return raw(head(method, target, List.of("Connection: close")) + bodyAndHeaders);
  }

  Answer post(String target, String body) {
    return raw(
        head("POST", target, List.of("Connection: close", "Content-Length: " + body.length()))
            + "\r\n"
            + body);
  }

  /** Sends exactly this and reads to the end. */
  Answer raw(String bytes) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(finished(bytes));
      return Answer.parse(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] finished(String bytes) {
    String text = bytes.contains("\r\n\r\n") ? bytes : bytes + "\r\n";
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  Socket connect() throws IOException {
    Socket socket = connecting.apply(port);
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  /** A head without its empty line. */
  String head(String method, String target, List<String> more) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (headers.stream().noneMatch(h -> h.startsWith("Host:"))) {
      head.append("Host: berth.test:5006\r\n");
    }
    headers.forEach(line -> head.append(line).append("\r\n"));
    more.forEach(line -> head.append(line).append("\r\n"));
    return head.toString();
  }

  WebSocket webSocket(String target) {
    return webSocket(target, "Origin: " + TestIssuer.URL);
  }

  WebSocket webSocket(String target, String... more) {
    return WebSocket.open(this, target, List.of(more));
  }

  /** An answer and its body, chunks joined. */
  record Answer(Head head, String body) {

    static Answer parse(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return new Answer(new Head(""), text);
      }
      Head head = new Head(text.substring(0, end + 4));
      String body = text.substring(end + 4);
      boolean chunked = head.header("Transfer-Encoding").orElse("").equals("chunked");
      return new Answer(head, chunked ? joined(body) : body);
    }

    private static String joined(String chunks) {
      StringBuilder body = new StringBuilder();
      int at = 0;
      while (at < chunks.length()) {
        int line = chunks.indexOf("\r\n", at);
        int size = line < 0 ? 0 : Integer.parseInt(chunks.substring(at, line), 16);
        if (size == 0) {
          break;
        }
        body.append(chunks, line + 2, line + 2 + size);
        at = line + 2 + size + 2;
      }
      return body.toString();
    }

    int status() {
      return head.text().isEmpty() ? 0 : head.status();
    }

    String header(String name) {
      return head.header(name).orElse("");
    }
  }

  static byte[] read(InputStream in, int count) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (read.size() < count) {
      byte[] some = in.readNBytes(Math.min(64 * 1024, count - read.size()));
      if (some.length == 0) {
        break;
      }
      read.writeBytes(some);
    }
    return read.toByteArray();
  }
}
