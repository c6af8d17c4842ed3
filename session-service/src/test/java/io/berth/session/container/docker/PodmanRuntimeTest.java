package io.berth.session.container.docker;

import com.github.dockerjava.api.DockerClient;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerRuntimeContract;
import io.berth.session.container.InstanceConfig;
import io.berth.session.environment.Engine;
import io.berth.session.environment.PodmanService;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.lifecycle.ByHand;
import io.berth.session.port.PortsConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract on Podman, where it is installed: by a service of its own, on a private socket. */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
@EnabledIf(
    value = "io.berth.session.environment.PodmanService#canRun",
    disabledReason =
        "no Podman that this user may run with networks: apt-get install podman netavark, as root")
@SuppressWarnings("NullAway.Init") // what runs before each test sets them
class PodmanRuntimeTest extends ContainerRuntimeContract {

  private static PodmanService podman;
  private static io.berth.session.container.docker.Engine engine;
  private static ContainerRuntime runtime;

  private final Catalogue catalogue;

  PodmanRuntimeTest(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @BeforeAll
  static void start() {
    podman = PodmanService.start();
  }

  @BeforeEach
  void connect() {
    if (runtime != null) {
      return;
    }
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(DockerConfig.class)
            .withMapping(InstanceConfig.class)
            .withMapping(PortsConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withValidateUnknown(false)
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "berth.docker.host",
                        podman.address(),
                        "berth.docker.bridge",
                        TestEnvironment.BRIDGE + "p",
                        "berth.instance",
                        TestEnvironment.INSTANCE),
                    "test",
                    1))
            .build();
    DockerConfig docker = config.getConfigMapping(DockerConfig.class);
    InstanceConfig instance = config.getConfigMapping(InstanceConfig.class);
    engine = new io.berth.session.container.docker.Engine(docker);
    HomeArchives archives = new HomeArchives(engine, catalogue, instance, docker);
    HomeVolumes homes = new HomeVolumes(engine, archives, instance);
    runtime =
        new DockerRuntime(
            engine,
            docker,
            new ImagePull(engine, docker),
            new HardenedContainer(
                engine,
                new DesktopNetworks(engine, instance, docker),
                homes,
                instance,
                config.getConfigMapping(PortsConfig.class)),
            homes,
            archives,
            new DockerEvents(engine, instance),
            new Strangers(engine),
            instance);
  }

  @AfterAll
  static void end() throws Exception {
    engine.close();
    podman.close();
  }

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected DesktopType type() {
    DesktopType type = catalogue.find("test-desktop").orElseThrow();
    podman.load(type.image().name());
    return type;
  }

  @Override
  protected String upgradedImage() {
    return Engine.upgraded(client(), type().image().name());
  }

  @Override
  protected int leftovers() {
    int containers =
        client()
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(Map.of("berth.instance", TestEnvironment.INSTANCE))
            .exec()
            .size();
    return containers - runtime.list().size();
  }

  private static DockerClient client() {
    return podman.client();
  }
}
