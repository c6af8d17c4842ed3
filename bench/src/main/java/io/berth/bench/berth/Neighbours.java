package io.berth.bench.berth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for the services next to the edge: auth-service's keys, and session-service's word that
 * a desktop is unknown.
 */
public final class Neighbours implements AutoCloseable {

  private final HttpServer server;

  /** Answers on a port of 127.0.0.1. */
  public Neighbours(String jwks, int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
    server.createContext("/auth/jwks", exchange -> answer(exchange, 200, jwks));
    server.createContext(
        "/q/health", exchange -> answer(exchange, 200, "{\"status\":\"UP\",\"checks\":[]}"));
    server.createContext("/", exchange -> answer(exchange, 404, "{\"status\":404}"));
    server.start();
  }

  /** Where it answers. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
