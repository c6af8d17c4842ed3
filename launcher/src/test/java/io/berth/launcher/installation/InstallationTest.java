package io.berth.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

  @TempDir private Path folder;

  @Test
  void standsOnTheGuidesPortUnderLocalhost() {
    assertThat(installation(Optional.empty(), Map.of()).publicUrl())
        .isEqualTo("http://localhost:5006");
  }

  @Test
  void takesTheHostFromTheGuidesFile() throws IOException {
    Files.writeString(folder.resolve(".env"), "# address\nDOCKER_HOST_URL=\"Desk.Example\"\n");

    assertThat(installation(Optional.empty(), Map.of()).publicUrl())
        .isEqualTo("http://desk.example:5006");
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Files.writeString(folder.resolve(".env"), "DOCKER_HOST_URL=file.example\n");

    assertThat(
            installation(Optional.empty(), Map.of("DOCKER_HOST_URL", "shell.example")).publicUrl())
        .isEqualTo("http://shell.example:5006");
  }

  @Test
  void tracesGoNowhereUnlessTheFileSaysWhereTo() throws IOException {
    assertThat(installation(Optional.empty(), Map.of()).traces()).isEmpty();

    Files.writeString(folder.resolve(".env"), "BERTH_TRACES=http://collector:4317\n");

    assertThat(installation(Optional.empty(), Map.of()).traces()).contains("http://collector:4317");
  }

  @Test
  void withACertificateItIsAtHttps() throws IOException {
    Files.writeString(folder.resolve("site.pem"), "");
    Files.writeString(folder.resolve(".env"), "BERTH_TLS_CERTIFICATE=site.pem\n");
    assertThatThrownBy(() -> installation(Optional.empty(), Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("BERTH_TLS_KEY");

    Map<String, String> key = Map.of("BERTH_TLS_KEY", "site.pem");

    assertThat(installation(Optional.empty(), key).publicUrl()).isEqualTo("https://localhost:5006");
    assertThatThrownBy(
            () -> installation(Optional.empty(), Map.of("BERTH_TLS_KEY", "not-there.pem")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("not-there.pem");
  }

  @Test
  void refusesAHostWithASchemeOrAPort() {
    for (String wrong : new String[] {"http://desk.example", "desk.example:80", "a b"}) {
      assertThatThrownBy(() -> installation(Optional.empty(), Map.of("DOCKER_HOST_URL", wrong)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("DOCKER_HOST_URL");
    }
  }

  @Test
  void takesTheDesktopsDomainAsADomainOnly() {
    assertThat(installation(Optional.empty(), Map.of()).desktopDomain()).isEmpty();
    assertThat(
            installation(Optional.empty(), Map.of("BERTH_DESKTOP_DOMAIN", "desktops.localhost"))
                .desktopDomain())
        .contains("desktops.localhost");
    assertThatThrownBy(
            () -> installation(Optional.empty(), Map.of("BERTH_DESKTOP_DOMAIN", "http://x:80")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("BERTH_DESKTOP_DOMAIN");
  }

  @Test
  void remembersItsPortAndItsName() {
    Installation first = installation(Optional.of(15_006), Map.of());
    first.remember();
    String id = first.id();

    Installation later = installation(Optional.empty(), Map.of());

    assertThat(later.ports().edge()).isEqualTo(15_006);
    assertThat(later.id()).isEqualTo(id);
  }

  @Test
  void everyPortFollowsFromTheEdges() {
    assertThat(installation(Optional.of(15_006), Map.of()).ports().all().keySet())
        .containsExactly(15_006, 15_007, 15_008, 15_009, 15_010, 19_006, 19_007, 19_008, 19_009);
  }

  @Test
  void secretsAreMadeOnceAndOnlyTheOwnerReadsThem() throws IOException {
    Installation installation = installation(Optional.empty(), Map.of());
    Map<String, String> passwords = installation.secrets().passwordsOfPeople();

    assertThat(installation.secrets().passwordsOfPeople()).isEqualTo(passwords);
    assertThat(passwords.values()).doesNotHaveDuplicates();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(installation.state().resolve("secrets"))))
        .isEqualTo("rw-------");
  }

  @Test
  void anOlderViewOfTheSecretsUndoesNoNewerOne() {
    Installation installation = installation(Optional.empty(), Map.of());
    Secrets stalerView = installation.secrets();
    Map<String, String> passwords = installation.secrets().passwordsOfPeople();
    String clientSecret = installation.secrets().clientSecret();

    String keyEncryption = stalerView.keyEncryption();

    assertThat(stalerView.clientSecret()).isEqualTo(clientSecret);
    assertThat(installation.secrets().passwordsOfPeople()).isEqualTo(passwords);
    assertThat(installation.secrets().keyEncryption()).isEqualTo(keyEncryption);
  }

  @Test
  void privateNetworksThatDesktopsReachAreNamedOneByOne() {
    assertThat(installation(Optional.empty(), Map.of()).desktopNetworks()).isEmpty();
    assertThat(
            installation(
                    Optional.empty(), Map.of("BERTH_DESKTOP_NETWORKS", "10.20.0.0/16, 10.9.8.7"))
                .desktopNetworks())
        .containsExactly("10.20.0.0/16", "10.9.8.7");
    assertThatThrownBy(
            () -> installation(Optional.empty(), Map.of("BERTH_DESKTOP_NETWORKS", "intranet")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("BERTH_DESKTOP_NETWORKS");
  }

  @Test
  void theDesktopsBridgeIsAnInterfacesName() {
    assertThat(installation(Optional.empty(), Map.of()).bridge()).matches("bt[a-z0-9]{6,10}");
  }

  private Installation installation(Optional<Integer> port, Map<String, String> environment) {
    return Installation.in(new Checkout(folder), folder.resolve("state"), port, environment);
  }
}
