package io.berth.session.container.docker;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerRuntimeContract;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.lifecycle.ByHand;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The contract on the real engine of this machine. */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class DockerRuntimeTest extends ContainerRuntimeContract {

  private final ContainerRuntime runtime;
  private final Catalogue catalogue;

  DockerRuntimeTest(ContainerRuntime runtime, Catalogue catalogue) {
    this.runtime = runtime;
    this.catalogue = catalogue;
  }

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected DesktopType type() {
    return catalogue.find("test-desktop").orElseThrow();
  }
}
