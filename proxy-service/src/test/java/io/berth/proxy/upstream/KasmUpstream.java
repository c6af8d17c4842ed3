package io.berth.proxy.upstream;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Behaves as KasmVNC's own server does, quirks included: strict about spelling up to 1.3.4, small
 * buffers, minimal WebSocket framing, five refusals and an address is blocked.
 */
public final class KasmUpstream extends SocketServer {

  /** Which server's quirks. */
  public enum Version {
    /** Compares header names with their case. */
    V1_3_4,
    V1_5_1
  }

  private static final int BACKLOG = 5;
  private static final int LARGEST_HEAD = 16 * 1024;
  private static final int LONGEST_FIELD = 1_024;
  private static final int REFUSALS = 5;
  private static final int LARGEST_FRAME = 65_536;

  private final Version version;
  private final String expected;
  private final List<Head> heads = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
  private final AtomicInteger apiCalls = new AtomicInteger();
  private final AtomicInteger overflows = new AtomicInteger();
  private final AtomicInteger pings = new AtomicInteger();

  public KasmUpstream(Version version, String password) {
    this(version, password, 0);
  }

  public KasmUpstream(Version version, String password, int port) {
    super(true, BACKLOG, port);
    this.version = version;
    this.expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("kasm_user:" + password).getBytes(StandardCharsets.UTF_8));
    begin();
  }

  public List<Head> heads() {
    return heads;
  }

  /** Requests that it took for calls of its own API. */
  public int apiCalls() {
    return apiCalls.get();
  }

  /** Heads that would have run over one of its buffers. */
  public int overflows() {
    return overflows.get();
  }

  /** PING frames that it received, and did not answer. */
  public int pings() {
    return pings.get();
  }

  @Override
  protected void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    Head head;
    try {
      head = Head.read(in, LARGEST_HEAD);
    } catch (IOException e) {
      overflows.incrementAndGet();
      throw e;
    }
    if (head.text().isEmpty()) {
      return;
    }
    heads.add(head);
    if (overflows(head)) {
      overflows.incrementAndGet();
      return;
    }
    String address =
        head.header("X-Forwarded-For").orElse(socket.getInetAddress().getHostAddress());
    AtomicInteger refused = refusals.computeIfAbsent(address, a -> new AtomicInteger());
    if (refused.get() >= REFUSALS || !header(head, "Authorization").equals(Optional.of(expected))) {
      refused.incrementAndGet();
      write(out, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"Websockify\"\r\n", "401");
    } else if (head.text().contains("../")) {
      write(out, "404 Not Found", "", "404");
    } else if (head.text().contains("/api/")) {
      apiCalls.incrementAndGet();
      write(out, "200 OK", "Content-type: text/json\r\n", "{\"api\":true}");
    } else if (!head.method().equals("GET") || header(head, "Host").isEmpty()) {
      write(out, "404 Not Found", "", "404");
    } else if (head.header("Upgrade").isPresent()) {
      webSocket(head, in, out);
    } else {
      file(head, out);
    }
  }

  private boolean overflows(Head head) {
    if (head.target().length() > LONGEST_FIELD) {
      return true;
    }
    return head.lines().stream()
        .skip(1)
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .anyMatch(value -> value.length() > LONGEST_FIELD);
  }

  private Optional<String> header(Head head, String name) {
    return version == Version.V1_3_4 ? head.exactly(name) : head.header(name);
  }

  private static void file(Head head, OutputStream out) throws IOException {
    String path = head.target().replaceFirst("\\?.*", "");
    switch (path) {
      case "/", "/index.html" -> write(out, "200 OK", "Content-type: text/html\r\n", "<p>Kasm</p>");
      case "/package.json" -> write(out, "200 OK", "Content-type: text/json\r\n", "{}");
      case "/Downloads" -> write(out, "301 Moved Permanently", "Location: /Downloads/\r\n", "");
      case "/head" -> write(out, "200 OK", "Content-type: text/plain\r\n", head.text());
      default -> write(out, "404 Not Found", "", "404");
    }
  }

  /** No length: the end is the end of the connection. */
  private static void write(OutputStream out, String status, String headers, String body)
      throws IOException {
    String text =
        """
        HTTP/1.1 %s\r
        Server: KasmVNC/4.0\r
        Connection: close\r
        Cross-Origin-Embedder-Policy: require-corp\r
        Cross-Origin-Opener-Policy: same-origin\r
        %s\r
        %s\
        """
            .formatted(status, headers, body);
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void webSocket(Head head, InputStream in, OutputStream out) throws IOException {
    Optional<String> connection = header(head, "Connection");
    boolean strict =
        connection.map(c -> c.toLowerCase(Locale.ROOT).contains("upgrade")).orElse(false)
            && header(head, "Origin").isPresent()
            && header(head, "Sec-WebSocket-Version").equals(Optional.of("13"))
            && header(head, "Sec-WebSocket-Protocol").isPresent()
            && header(head, "Sec-WebSocket-Key").isPresent();
    if (!strict) {
      write(out, "404 Not Found", "", "404");
      return;
    }
    String protocol = header(head, "Sec-WebSocket-Protocol").orElse("").split(",", -1)[0].strip();
    out.write(
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: %s\r
        Sec-WebSocket-Protocol: %s\r
        \r
        """
            .formatted(accept(header(head, "Sec-WebSocket-Key").orElse("")), protocol)
            .getBytes(StandardCharsets.ISO_8859_1));
    // The server speaks first in RFB: right behind the 101.
    frame(out, "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
    echo(new DataInputStream(in), out);
  }

  /** What answers a handshake's key. */
  static String accept(String key) {
    try {
      byte[] salted =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives each frame back; {@code flood 1000} asks for as many KiB instead. */
  private void echo(DataInputStream in, OutputStream out) throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      int length = in.readUnsignedByte() & 0x7f;
      long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      if (size >= LARGEST_FRAME) {
        return;
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes((int) size);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      if (opcode == 8) {
        return;
      }
      if (opcode == 9) {
        pings.incrementAndGet();
        continue;
      }
      String text = new String(payload, StandardCharsets.US_ASCII);
      if (text.startsWith("flood ")) {
        byte[] kibibyte = new byte[1024];
        for (int i = Integer.parseInt(text.substring(6)); i > 0; i--) {
          frame(out, kibibyte);
        }
      } else {
        frame(out, payload);
      }
    }
  }

  private static void frame(OutputStream out, byte[] payload) throws IOException {
    byte[] framed = new byte[payload.length + (payload.length < 126 ? 2 : 4)];
    framed[0] = (byte) 0x82;
    if (payload.length < 126) {
      framed[1] = (byte) payload.length;
    } else {
      framed[1] = 126;
      framed[2] = (byte) (payload.length >> 8);
      framed[3] = (byte) payload.length;
    }
    System.arraycopy(payload, 0, framed, framed.length - payload.length, payload.length);
    out.write(framed);
    out.flush();
  }
}
