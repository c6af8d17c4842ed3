package io.berth.chaos.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A small desktop that says who it is: https on 6901 with Basic authentication, {@code /who} is a
 * digest of its password, {@code /note} a file in its home. It runs alone in its image, so it uses
 * nothing but the JDK.
 */
public final class ChaosDesktop {

  private static final Path NOTE = Path.of("/home/kasm-user/note");

  private ChaosDesktop() {}

  public static void main(String[] arguments) throws Exception {
    String password = System.getenv("VNC_PW");
    HttpsServer server = HttpsServer.create(new InetSocketAddress(6901), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(("kasm_user:" + password).getBytes(UTF_8));
    server.createContext(
        "/",
        exchange -> {
          if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, password);
          } else {
            exchange.sendResponseHeaders(401, -1);
          }
          exchange.close();
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, String password) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/who" -> say(exchange, digest(password));
      case "/note" -> {
        String written = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (!written.isEmpty()) {
          Files.writeString(NOTE, written);
        }
        say(exchange, Files.exists(NOTE) ? Files.readString(NOTE) : "");
      }
      case "/exit" -> System.exit(Integer.parseInt(exchange.getRequestURI().getQuery()));
      default -> exchange.sendResponseHeaders(200, -1);
    }
  }

  private static void say(HttpExchange exchange, String words) throws IOException {
    byte[] bytes = words.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** What a desktop with this password says of itself. */
  public static String digest(String password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(password.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static SSLContext tls() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    char[] password = "keystore".toCharArray(); // as JdkImage makes it; the key is worth nothing
    try (InputStream file = Files.newInputStream(Path.of("/desktop/tls.p12"))) {
      keys.load(file, password);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
