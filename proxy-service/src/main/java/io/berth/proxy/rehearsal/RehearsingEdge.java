package io.berth.proxy.rehearsal;

import io.berth.proxy.edge.RunningEdge;
import io.berth.proxy.route.Route;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.jboss.logging.Logger;
import org.jose4j.lang.JoseException;

/** The process of an edge that rehearses and ends. */
@Singleton
@Unremovable
public final class RehearsingEdge implements QuarkusApplication {

  private static final Logger LOG = Logger.getLogger(RehearsingEdge.class);

  /** 16,000 small requests: the JVM's last compiler has seen what it wants to see by then. */
  private static final int VISITS = 80;

  private final RunningEdge edge;

  RehearsingEdge(RunningEdge edge) {
    this.edge = edge;
  }

  @Override
  public int run(String... arguments)
      throws JoseException, GeneralSecurityException, InterruptedException {
    Rehearsal.Stage stage =
        new Rehearsal.Stage() {
          @Override
          public int port() {
            return edge.port();
          }

          @Override
          public boolean knowsKeys() {
            return edge.state().keysKnown();
          }

          @Override
          public void publish(Route route) {
            edge.publish(route);
          }
        };
    try {
      new Rehearsal(stage, Integer.parseInt(arguments[0]), VISITS).play();
      return 0;
    } catch (IOException e) {
      LOG.error("the rehearsal failed: the JVM learned little", e);
      return 1;
    }
  }
}
