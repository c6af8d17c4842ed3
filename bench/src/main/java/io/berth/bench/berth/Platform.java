package io.berth.bench.berth;

import io.berth.bench.load.Visitor;
import io.berth.bench.process.Children;
import io.berth.bench.process.FreePorts;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.postgres.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the edge needs around it: PostgreSQL with 1,000 routes, a key, the other services' words.
 */
public final class Platform {

  /** Routes in the table. */
  public static final int ROUTES = 1_000;

  /** People whose desktops answer; the others' are never visited. */
  public static final int PEOPLE = 64;

  private static final int NEWCOMER = 9_999;

  private final RouteBook book;
  private final Neighbours neighbours;
  private final String publicUrl;
  private final LoginKey key;
  private final int firstPort;

  private Platform(
      RouteBook book, Neighbours neighbours, String publicUrl, LoginKey key, int firstPort) {
    this.book = book;
    this.neighbours = neighbours;
    this.publicUrl = publicUrl;
    this.key = key;
    this.firstPort = firstPort;
  }

  /**
   * Starts it.
   *
   * @param firstPort of the upstream, which listens on {@link #upstreamPorts} in a row
   */
  public static Platform start(
      Checkout checkout, Children children, String publicUrl, LoginKey key, int firstPort)
      throws IOException, SQLException {
    RouteBook book = children.adopt(RouteBook.open(checkout));
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < ROUTES; i++) {
      // One port is the newcomer's; a live desktop has its port to itself.
      people.add(Person.number(i, i < PEOPLE ? firstPort + i : firstPort + i + 1));
    }
    book.publish(people);
    Neighbours neighbours = children.adopt(new Neighbours(key.jwks(), FreePorts.one()));
    return new Platform(book, neighbours, publicUrl, key, firstPort);
  }

  /** Ports in a row that the upstream must serve. */
  public static int upstreamPorts() {
    return PEOPLE + 1;
  }

  /** Those whose desktops answer, each with a login. */
  public static List<Visitor> visitors(LoginKey key, int firstPort) {
    List<Visitor> visitors = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      visitors.add(Person.number(i, firstPort + i).visitor(key));
    }
    return visitors;
  }

  public RouteBook book() {
    return book;
  }

  public LoginKey key() {
    return key;
  }

  /** The person whom all requests come from where one is enough. */
  public Person first() {
    return Person.number(0, firstPort);
  }

  /** Somebody without a desktop yet. */
  public Person newcomer() {
    return Person.number(NEWCOMER, firstPort + PEOPLE);
  }

  /** How the edge finds all this. */
  Map<String, String> environment() {
    PostgresServer server = book.server();
    String services = "http://127.0.0.1:" + neighbours.port();
    return Map.of(
        "BERTH_PUBLIC_URL",
        publicUrl,
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        server.reactiveUrl(),
        "QUARKUS_DATASOURCE_USERNAME",
        "berth_proxy",
        "QUARKUS_DATASOURCE_PASSWORD",
        server.password("berth_proxy"),
        "BERTH_PROXY_AUTH_SERVICE",
        services,
        "BERTH_PROXY_SESSION_SERVICE",
        services,
        "BERTH_PROXY_ALLOWED_UPSTREAMS",
        "127.0.0.1:%d-%d".formatted(firstPort, firstPort + ROUTES));
  }
}
