package io.berth.bench.launch;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The program in the containers: it says one word, and is there as soon as its JVM is. */
public final class TinyDesktop {

  private TinyDesktop() {}

  /** Serves on 6901 for as long as its container runs. */
  public static void main(String[] arguments) throws IOException {
    byte[] word = "desktop".getBytes(StandardCharsets.US_ASCII);
    HttpServer server = HttpServer.create(new InetSocketAddress(6901), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, word.length);
          exchange.getResponseBody().write(word);
          exchange.close();
        });
    server.start();
  }
}
