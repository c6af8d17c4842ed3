package io.berth.proxy.edge;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Map;

/** What proxy-service needs around it when Quarkus starts it: a database and an issuer. */
public class EdgeServices implements QuarkusTestResourceLifecycleManager {

  private static final TestIssuer ISSUER = new TestIssuer();

  static TestIssuer issuer() {
    return ISSUER;
  }

  @Override
  public Map<String, String> start() {
    PgConnectOptions database = TestDatabase.shared().addressFor("berth_proxy");
    return Map.of(
        "quarkus.management.test-port", "0",
        "quarkus.datasource.reactive.url",
            "postgresql://%s:%d/%s"
                .formatted(database.getHost(), database.getPort(), database.getDatabase()),
        "quarkus.datasource.password", database.getPassword(),
        "berth.public-url", TestIssuer.URL,
        "berth.proxy.host", "127.0.0.1",
        "berth.proxy.port", "0",
        "berth.proxy.auth-service", "http://127.0.0.1:" + ISSUER.port(),
        "berth.proxy.allowed-upstreams", "127.0.0.1:1024-65535",
        "berth.proxy.limits.person.tunnels", "1");
  }

  @Override
  public void stop() {
    ISSUER.close();
  }
}
