package io.berth.proxy.rehearsal;

import io.berth.proxy.route.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLServerSocketFactory;
import org.jose4j.lang.JoseException;

/** Visits an edge that has been configured for it, as browsers would, many times. */
public final class Rehearsal {

  private static final String PLAIN = "rehearsal-plain";
  private static final String OVER_TLS = "rehearsal-tls";
  private static final int BACKLOG = 256;
  private static final int AT_ONCE = 8;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 20;

  /** The edge that is visited. */
  public interface Stage {

    /** The port that it listens on. */
    int port();

    /** Whether it knows the key that logins are signed with. */
    boolean knowsKeys();

    /** Gives it a route. */
    void publish(Route route);
  }

  private final Stage edge;
  private final int neighboursPort;
  private final int visits;

  /**
   * @param neighboursPort where {@link #configuration} told the edge that all else is
   */
  public Rehearsal(Stage edge, int neighboursPort, int visits) {
    this.edge = edge;
    this.neighboursPort = neighboursPort;
    this.visits = visits;
  }

  /** A port for what stands behind the edge. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The configuration of an edge that reaches nothing but the rehearsal's own neighbours. */
  public static Map<String, String> configuration(int neighboursPort) {
    String address = "http://127.0.0.1:" + neighboursPort;
    return Map.ofEntries(
        Map.entry("berth.public-url", StageLogin.PUBLIC_URL),
        Map.entry("berth.proxy.host", "127.0.0.1"),
        Map.entry("berth.proxy.port", "0"),
        Map.entry("berth.proxy.auth-service", address),
        Map.entry("berth.proxy.session-service", address),
        Map.entry("berth.proxy.allowed-upstreams", "127.0.0.1:1024-65535"),
        Map.entry("berth.proxy.limits.enabled", "false"),
        Map.entry("quarkus.management.host", "127.0.0.1"),
        Map.entry("quarkus.management.port", "0"),
        // Nothing listens there, and nothing secret is said.
        Map.entry("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:1/none"),
        Map.entry("quarkus.datasource.password", "none"),
        Map.entry("quarkus.log.category.\"io.berth.proxy.feed\".level", "ERROR"));
  }

  /**
   * Makes the visits.
   *
   * @throws IOException if the edge did not answer one as it should
   */
  public void play()
      throws IOException, JoseException, GeneralSecurityException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    StageLogin login = new StageLogin();
    SSLServerSocketFactory tls = StageCertificate.make().getServerSocketFactory();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket plainSocket = new ServerSocket(neighboursPort, BACKLOG, loopback);
        ServerSocket tlsSocket = tls.createServerSocket(0, BACKLOG, loopback);
        Neighbours _ = new Neighbours(plainSocket, login.jwks());
        Neighbours _ = new Neighbours(tlsSocket, login.jwks());
        ExecutorService visitors = Executors.newFixedThreadPool(AT_ONCE)) {
      while (!edge.knowsKeys() && System.nanoTime() < deadline) {
        Thread.sleep(POLL_MILLIS);
      }
      edge.publish(desktop(PLAIN, plainSocket, false));
      edge.publish(desktop(OVER_TLS, tlsSocket, true));
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < visits; i++) {
        String path = i % 2 == 0 ? PLAIN : OVER_TLS;
        Visit visit = new Visit(edge.port(), "/desktop/" + path + "/", login.token());
        all.add(visitors.submit(() -> go(visit, deadline)));
      }
      for (Future<?> visit : all) {
        visit.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a visit went wrong", e.getCause());
    }
  }

  private static Route desktop(String path, ServerSocket at, boolean tls) {
    return new Route(
        path,
        at.getLocalPort(),
        StageLogin.PERSON,
        new Route.Address("127.0.0.1", at.getLocalPort(), tls, false),
        Route.basic("kasm_user", "rehearsal"),
        "",
        true,
        List.of("/api/"));
  }

  private static Void go(Visit visit, long deadline) throws IOException {
    if (System.nanoTime() < deadline) {
      visit.browse();
      visit.tunnel();
    }
    return null;
  }
}
