package io.berth.proxy.edge;

import io.berth.proxy.feed.FeedConfig;
import io.berth.proxy.forward.UpstreamConfig;
import io.berth.proxy.http.HttpConfig;
import io.berth.proxy.limit.LimitsConfig;
import io.berth.proxy.login.LoginConfig;
import io.berth.proxy.tls.TlsConfig;
import io.berth.proxy.tunnel.TunnelConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The edge as a whole: where it listens and what it stands in front of. */
@ConfigMapping(prefix = "berth.proxy")
public interface EdgeConfig {

  /** Address to listen on. */
  @WithDefault("0.0.0.0")
  String host();

  /** Port to listen on; 0 takes a free one. */
  @WithDefault("5006")
  int port();

  /**
   * Whether several proxies of one machine may listen on the port together (SO_REUSEPORT), so that
   * one can take over from another. Each begins to listen when it has routes and keys.
   */
  @WithDefault("false")
  boolean sharePort();

  /** Event loops, a number; the machine's processors if not set. */
  OptionalInt eventLoops();

  /**
   * This proxy's name in the database, in echoes and reports: at most 51 letters, digits, {@code
   * .}, {@code _} and {@code -}; a random one if not set.
   */
  Optional<String> instance();

  /** Where auth-service is. */
  @WithDefault("http://127.0.0.1:5007")
  URI authService();

  /** Where session-service is. */
  @WithDefault("http://127.0.0.1:5008")
  URI sessionService();

  /** Where the embedded identity provider is; without it {@code /idp} is not served. */
  Optional<URI> identityProvider();

  /** How often it is tried whether these take connections, for health to tell. */
  @WithDefault("5s")
  Duration watchServicesEvery();

  /**
   * Where desktops may be: {@code address:port} or {@code address:first-last}, comma separated; an
   * address or a network, such as {@code 10.96.0.0/16:6901}.
   */
  @WithDefault("127.0.0.1:7000-8000")
  List<String> allowedUpstreams();

  /** How often session-service is told what people do at their desktops. */
  @WithDefault("15s")
  Duration tellActivityEvery();

  /**
   * On SIGTERM: how long connections are still taken after the edge said that it is not ready. As
   * long as a balancer in front needs to notice; nothing without one.
   */
  @WithDefault("0s")
  Duration drainNotice();

  /**
   * On SIGTERM: how long requests under way may take to finish once no connections are taken; idle
   * connections are closed meanwhile.
   */
  @WithDefault("10s")
  Duration drainRequests();

  /** On SIGTERM: how long tunnels may stay open once no connections are taken; then 1012. */
  @WithDefault("2s")
  Duration drainTunnels();

  /** How much an address and a person may take. */
  LimitsConfig limits();

  /** What is accepted from clients. */
  HttpConfig http();

  /** TLS in the edge itself. */
  TlsConfig tls();

  /** How logins are checked. */
  LoginConfig login();

  /** How desktops and services are reached. */
  UpstreamConfig upstream();

  /** How long WebSockets live. */
  TunnelConfig tunnel();

  /** How routes and revocations come from PostgreSQL. */
  FeedConfig feed();
}
