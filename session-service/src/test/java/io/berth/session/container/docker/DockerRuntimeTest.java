package io.berth.session.container.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerRuntimeContract;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.PortTaken;
import io.berth.session.database.Database;
import io.berth.session.environment.Engine;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.lifecycle.ByHand;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on the real engine of this machine. */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class DockerRuntimeTest extends ContainerRuntimeContract {

  private final ContainerRuntime runtime;
  private final Catalogue catalogue;
  private final Database database;

  DockerRuntimeTest(ContainerRuntime runtime, Catalogue catalogue, Database database) {
    this.runtime = runtime;
    this.catalogue = catalogue;
    this.database = database;
  }

  @AfterEach
  void forget() {
    database.update("DELETE FROM containers");
  }

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected DesktopType type() {
    return catalogue.find("test-desktop").orElseThrow();
  }

  @Override
  protected String upgradedImage() {
    return Engine.upgraded(Engine.docker(), type().image().name());
  }

  @Override
  protected int leftovers() {
    return Engine.containers(TestEnvironment.INSTANCE).size() - runtime.list().size();
  }

  @Test
  void aPortThatIsTakenIsSaid() throws IOException {
    try (ServerSocket taken = new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress())) {
      Container container = runtime.create(spec(taken.getLocalPort()));
      assertThatThrownBy(() -> runtime.start(container)).isInstanceOf(PortTaken.class);
    }
  }

  /** The application's reconciler hears of containers that end, and removes unwanted ones. */
  @Override
  protected void want(ContainerSpec spec) {
    database.update(
        "INSERT INTO containers (id, user_id, owner_slug, session_id, container_name, desktop_type,"
            + " host_port, proxy_path, status, upstream_secret)"
            + " VALUES (?, ?, 'contract', ?, ?, ?, ?, ?, 'creating', 'secret')",
        spec.sessionId(),
        spec.ownerId(),
        spec.sessionId().toString(),
        spec.name(),
        spec.type().name().value(),
        spec.hostPort().orElseThrow(),
        "contract-" + spec.sessionId().toString().substring(0, 6));
  }
}
