package io.berth.session.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The program in the test image: https on 6901 with Basic authentication, ready on /package.json.
 * It runs there alone, so it uses nothing but the JDK.
 */
public final class TestDesktop {

  static final char[] KEYSTORE_PASSWORD = "keystore".toCharArray();

  private TestDesktop() {}

  /**
   * Environment: VNC_PW; MODE is unset, {@code die} or {@code silent}. With arguments {@code
   * address:port} it is no desktop: it tells what it reaches of them.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      for (String target : arguments) {
        System.out.println(target + " " + dial(target));
      }
      return;
    }
    String password = System.getenv("VNC_PW");
    String mode = System.getenv().getOrDefault("MODE", "");
    if (mode.equals("die")) {
      System.out.println("cannot open display, VNC_PW=" + password);
      System.exit(3);
    }
    Files.writeString(Path.of("/home/kasm-user/.started"), "yes");
    Files.writeString(Path.of("/home/kasm-user/visits"), "here\n", CREATE, APPEND);
    HttpsServer server = HttpsServer.create(new InetSocketAddress(6901), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(("kasm_user:" + password).getBytes(UTF_8));
    server.createContext("/", exchange -> answer(exchange, expected, mode));
    server.start();
  }

  private static void answer(HttpExchange exchange, String expected, String mode)
      throws IOException {
    boolean allowed = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (exchange.getRequestURI().getPath().equals("/exit")) {
      System.exit(5);
    }
    exchange.sendResponseHeaders(mode.equals("silent") ? 503 : allowed ? 200 : 401, -1);
    exchange.close();
  }

  /** {@code open}, {@code refused} or {@code silent}. */
  private static String dial(String target) {
    int colon = target.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      int port = Integer.parseInt(target.substring(colon + 1));
      socket.connect(new InetSocketAddress(target.substring(0, colon), port), 1500);
      return "open";
    } catch (SocketTimeoutException e) {
      return "silent";
    } catch (IOException e) {
      return "refused";
    }
  }

  private static SSLContext tls() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(Path.of("/desktop/tls.p12"))) {
      keys.load(file, KEYSTORE_PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, KEYSTORE_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
