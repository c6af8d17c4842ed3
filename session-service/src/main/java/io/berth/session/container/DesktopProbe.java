package io.berth.session.container;

import io.berth.session.catalogue.DesktopType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks a desktop whether it is ready. Always with authorization: KasmVNC blacklists an address for
 * five requests without.
 */
@ApplicationScoped
public class DesktopProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  // HTTP/1.1 only, which keeps "Authorization" and "Host" as written: KasmVNC up to 1.3.4 needs
  // that.
  private final HttpClient trusting = client(anyCertificate());
  private final HttpClient verifying = client(null);

  /** Whether the desktop at an address answers 200 on its type's ready path. */
  public boolean isReady(DesktopType type, Address address, String password)
      throws InterruptedException {
    String credentials = type.username() + ":" + password;
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("%s://%s%s".formatted(type.scheme(), address, type.readyPath())))
            .timeout(PATIENCE)
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .GET()
            .build();
    try {
      HttpClient client = type.verifyTls() ? verifying : trusting;
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet: refused, reset or silent
    }
  }

  private static HttpClient client(@Nullable SSLContext tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    return tls == null ? builder.build() : builder.sslContext(tls).build();
  }

  /**
   * Desktops make their certificates anew at each start, so there is nothing to check them with.
   */
  private static SSLContext anyCertificate() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }
}
