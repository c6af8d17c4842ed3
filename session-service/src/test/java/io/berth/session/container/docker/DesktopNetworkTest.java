package io.berth.session.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.berth.launcher.firewall.Firewall;
import io.berth.launcher.firewall.Rules;
import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.Address;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.DesktopProbe;
import io.berth.session.database.Database;
import io.berth.session.environment.Engine;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.OutsideWorld;
import io.berth.session.environment.TestEnvironment;
import io.berth.session.environment.TestPorts;
import io.berth.session.lifecycle.ByHand;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a desktop reaches: real connections from inside real containers. */
@QuarkusTest
@TestProfile(ByHand.class)
@QuarkusTestResource(TestEnvironment.class)
class DesktopNetworkTest {

  private static final String PASSWORD = "secret0123456789";
  private static final String METADATA = "169.254.169.254:80";

  private final ContainerRuntime runtime;
  private final Catalogue catalogue;
  private final Database database;
  private final String databaseUrl;
  private final Firewall firewall =
      new Firewall(new Rules(TestEnvironment.BRIDGE, List.of(), List.of()));

  DesktopNetworkTest(
      ContainerRuntime runtime,
      Catalogue catalogue,
      Database database,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String databaseUrl) {
    this.runtime = runtime;
    this.catalogue = catalogue;
    this.database = database;
    this.databaseUrl = databaseUrl;
  }

  @AfterEach
  void clear() {
    runtime.list().forEach(runtime::remove);
    database.update("DELETE FROM containers");
    firewall.remove();
  }

  @Test
  void aDesktopReachesNeitherItsNeighbourNorWhatServicesServeOnLoopback() throws IOException {
    Container desktop = start("test-desktop", 2);
    Container neighbour = start("test-desktop", 3);
    List<String> inside =
        Stream.concat(
                Stream.of(Engine.address(neighbour.id()) + ":6901"),
                onEveryAddress(desktop, postgres(), TestPorts.single(3)))
            .toList();

    Map<String, String> seen = Engine.dial(desktop.id(), inside);

    assertThat(seen).hasSameSizeAs(inside).doesNotContainValue("open");
  }

  @Test
  void withTheRulesOfThePacketFilterADesktopReachesTheInternetAndNothingOfItsHost()
      throws IOException {
    assumeTrue(isRoot(), "only root can set rules of the packet filter");
    assumeTrue(OutsideWorld.isPossible(), "no ip command: apt-get install iproute2");
    Container desktop = start("test-desktop", 2);
    try (ServerSocket service = new ServerSocket(0);
        OutsideWorld world = OutsideWorld.open()) {
      List<String> host = onEveryAddress(desktop, service.getLocalPort()).toList();
      assertThat(Engine.dial(desktop.id(), host)).as("without rules").containsValue("open");

      assertThat(firewall.close()).isInstanceOf(Firewall.Closed.class);

      assertThat(Engine.dial(desktop.id(), host)).hasSameSizeAs(host).doesNotContainValue("open");
      assertThat(Engine.dial(desktop.id(), List.of(METADATA, "10.255.255.1:80")))
          .containsOnlyKeys(METADATA, "10.255.255.1:80")
          .doesNotContainValue("open")
          .doesNotContainValue("silent"); // refused by a rule, not lost on the way
      assertThat(Engine.dial(desktop.id(), List.of(world.address()))).containsValue("open");
    }
  }

  @Test
  void anIsolatedDesktopReachesNothingAndIsReached() throws IOException {
    assumeTrue(isRoot(), "only root can set rules of the packet filter");
    assumeTrue(OutsideWorld.isPossible(), "no ip command: apt-get install iproute2");
    Container desktop = start("test-isolated", 4);
    firewall.close();
    try (ServerSocket service = new ServerSocket(0);
        OutsideWorld world = OutsideWorld.open()) {
      List<String> all =
          Stream.concat(
                  Stream.of(world.address(), METADATA),
                  onEveryAddress(desktop, service.getLocalPort()))
              .toList();
      assertThat(Engine.dial(desktop.id(), all)).hasSameSizeAs(all).doesNotContainValue("open");
    }
    DesktopProbe probe = new DesktopProbe();
    Address address = new Address("127.0.0.1", TestPorts.single(4));
    DesktopType type = catalogue.find("test-isolated").orElseThrow();
    Eventually.get(() -> isReady(probe, type, address), ready -> ready);
  }

  @Test
  void closingAgainChangesNothingAndRemovingLeavesNothing() {
    assumeTrue(isRoot(), "only root can set rules of the packet filter");
    firewall.close();
    firewall.close();
    assertThat(firewall.state()).isInstanceOf(Firewall.Closed.class);
    firewall.remove();
    assertThat(firewall.state()).isInstanceOf(Firewall.Open.class);
  }

  private Container start(String type, int number) {
    UUID id = UUID.randomUUID();
    String name = "kasm-network-" + id.toString().substring(0, 6);
    String owner = UUID.randomUUID().toString();
    // The application's reconciler removes what no session wants when any container ends.
    database.update(
        "INSERT INTO containers (id, user_id, owner_slug, session_id, container_name, desktop_type,"
            + " host_port, proxy_path, status, upstream_secret)"
            + " VALUES (?, ?, 'network', ?, ?, ?, ?, ?, 'creating', 'secret')",
        id,
        owner,
        id.toString(),
        name,
        type,
        TestPorts.single(number),
        "network-" + number);
    Container container =
        runtime.create(
            new ContainerSpec(
                id,
                7,
                name,
                owner,
                catalogue.find(type).orElseThrow(),
                catalogue.find(type).orElseThrow().image().name(),
                OptionalInt.of(TestPorts.single(number)),
                PASSWORD));
    runtime.start(container);
    return container;
  }

  /** These ports at all addresses that a container may take for its host. */
  private static Stream<String> onEveryAddress(Container container, int... ports)
      throws IOException {
    List<String> addresses =
        Stream.concat(
                Stream.of(Engine.gateway(container.id())),
                NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address)
                    .filter(address -> !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress))
            .distinct()
            .limit(6)
            .toList();
    return java.util.Arrays.stream(ports)
        .boxed()
        .flatMap(port -> addresses.stream().map(address -> address + ":" + port));
  }

  private int postgres() {
    return URI.create(databaseUrl.substring("jdbc:".length())).getPort();
  }

  private static boolean isReady(DesktopProbe probe, DesktopType type, Address address) {
    try {
      return probe.isReady(type, address, PASSWORD);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
