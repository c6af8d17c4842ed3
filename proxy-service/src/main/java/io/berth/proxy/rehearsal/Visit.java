package io.berth.proxy.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** What a browser does at the edge, again and again until a time. */
final class Visit {

  private static final String AUTHORITY = StageLogin.PUBLIC_URL.substring("http://".length());
  private static final int SMALL_FRAME = 64;
  private static final int ROUND_TRIPS = 200;
  private static final int SMALL_REQUESTS = 200;
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private final int edge;
  private final String desktop;
  private final String token;

  /**
   * @param edge its port
   * @param desktop path of a desktop
   * @param token of a login that may reach it
   */
  Visit(int edge, String desktop, String token) {
    this.edge = edge;
    this.desktop = desktop;
    this.token = token;
  }

  /** Pages, small files and a few large ones, over one connection. */
  void browse() throws IOException {
    try (Wire wire = connect()) {
      for (int i = 0; i < SMALL_REQUESTS; i++) {
        ask(wire, "GET", desktop + "app/icon.svg", "", 200);
      }
      ask(wire, "GET", desktop + "large", "", 200);
      ask(wire, "GET", desktop + "large", "", 200);
      ask(wire, "GET", desktop + "chunked", "", 200);
      ask(wire, "HEAD", desktop + "app/icon.svg", "", 200);
      ask(wire, "POST", "/api/v1/sessions", "{\"desktopType\":\"rehearsal\"}", 200);
      ask(wire, "GET", "/", "", 200);
      ask(wire, "GET", "/auth/login?return_to=%2F", "", 200);
      ask(wire, "GET", desktop + "api/get_users", "", 404);
    }
  }

  /** A WebSocket with small frames there and back, and a stream of large ones. */
  void tunnel() throws IOException {
    try (Wire wire = connect()) {
      wire.send(
          head("GET", desktop + "websockify")
              + "Upgrade: websocket\r\nConnection: Upgrade\r\nOrigin: "
              + StageLogin.PUBLIC_URL
              + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: binary\r\n"
              + "Sec-WebSocket-Key: "
              + KEY
              + "\r\n\r\n");
      String answer = wire.head();
      if (!answer.startsWith("HTTP/1.1 101 ")) {
        throw new IOException("no tunnel: " + answer);
      }
      byte[] small = Wire.frame(SMALL_FRAME, true);
      for (int i = 0; i < ROUND_TRIPS; i++) {
        wire.send(small);
        wire.frame();
      }
      wire.send(Wire.frame(Neighbours.STREAM_PLEASE, true));
      for (int i = 0; i < Neighbours.STREAMED; i++) {
        wire.frame();
      }
    }
  }

  private Wire connect() throws IOException {
    return new Wire(new Socket(InetAddress.getLoopbackAddress(), edge));
  }

  private String head(String method, String path) {
    return "%s %s HTTP/1.1\r\nHost: %s\r\nCookie: berth=%s\r\nAccept: */*\r\n"
        .formatted(method, path, AUTHORITY, token);
  }

  private void ask(Wire wire, String method, String path, String body, int expected)
      throws IOException {
    String fields = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    wire.send(head(method, path) + fields + "Sec-Fetch-Mode: cors\r\n\r\n" + body);
    String answer = wire.head();
    if (!answer.startsWith("HTTP/1.1 " + expected + " ")) {
      throw new IOException("%s %s was answered with %s".formatted(method, path, answer));
    }
    if (!method.equals("HEAD")) {
      wire.skipBody(answer);
    }
  }
}
