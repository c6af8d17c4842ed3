package io.berth.session.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.common.Slug;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

  @Test
  void berthBringsThreeDesktops() throws IOException {
    URL yaml = Objects.requireNonNull(CatalogueTest.class.getResource("/catalogue.yaml"));
    Catalogue catalogue =
        new Catalogue(
            builder()
                .withSources(new YamlConfigSource(yaml))
                .build()
                .getConfigMapping(CatalogueConfig.class));
    assertThat(catalogue.types())
        .extracting(type -> type.name().value())
        .containsExactly("ubuntu-chromium", "ubuntu-desktop", "ubuntu-vscode");
    assertThat(catalogue.types())
        .allSatisfy(type ->
            assertThat(type.environment().get("VNCOPTIONS"))
                .as("its defaults, since what is set replaces them, and no blacklist")
                .startsWith(
                    "-PreferBandwidth -DynamicQualityMin=4 -DynamicQualityMax=7 -DLP_ClipDelay=0")
                .endsWith(" -BlacklistThreshold 0"));
    DesktopType code = catalogue.find("ubuntu-vscode").orElseThrow();
    assertThat(code.client(true).startQuery()).isEmpty();
    assertThat(code.client(false).startQuery()).startsWith("path=desktop/{path}/websockify");
    assertThat(code.client(false).blockedPrefixes()).containsExactly("/api/");
    assertThat(code.client(true).blockedPrefixes()).isEmpty();
    assertThat(code.pathOf(new Slug("alice")).value()).isEqualTo("alice-ubuntu-vscode");
  }

  @Test
  void aTypeHasSaneDefaults() {
    DesktopType type = catalogue(Map.of("x.title", "X", "x.image", "x:1")).find("x").orElseThrow();
    assertThat(type.port()).isEqualTo(6901);
    assertThat(type.scheme()).isEqualTo("https");
    assertThat(type.verifyTls()).isFalse();
    assertThat(type.readyPath()).isEqualTo("/package.json");
    assertThat(type.username()).isEqualTo("kasm_user");
    assertThat(type.limits())
        .isEqualTo(new DesktopType.Limits(2L << 30, 2, 1024, 512L << 20, 16_384, 500));
    assertThat(type.gpus()).isEqualTo(new DesktopType.Gpus(0, List.of()));
    assertThat(type.capabilities()).isEmpty();
    assertThat(type.hardening())
        .isEqualTo(
            new DesktopType.Hardening(
                false,
                1000,
                new DesktopType.Profile.OfEngine(),
                new DesktopType.Profile.OfEngine(),
                false,
                Map.of(),
                Map.of()));
    assertThat(type.home()).contains(new DesktopType.Home("x", "/home/kasm-user"));
    assertThat(type.groups()).isEmpty();
    assertThat(type.pool().isKept()).isFalse();
    assertThat(type.startTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(type.pause()).isEqualTo(PauseMode.FREEZE);
    assertThat(type.client(false).activity()).isEqualTo(ActivityKind.INPUT);
    var never = new Timeouts.Timeout(Optional.empty(), EndAction.STOP);
    assertThat(type.timeouts())
        .isEqualTo(
            new Timeouts(
                never, never, never, Duration.ofMinutes(5), Duration.ofHours(1), Optional.empty()));
  }

  @Test
  void aTypeSaysWhenItsSessionsEnd() {
    DesktopType type =
        catalogue(
                Map.of(
                    "x.title", "X",
                    "x.image", "x:1",
                    "x.pause", "stop",
                    "x.client.activity", "traffic",
                    "x.timeouts.idle.after", "2h",
                    "x.timeouts.idle.action", "pause",
                    "x.timeouts.lifetime.after", "3d",
                    "x.timeouts.warn-before", "10m",
                    "x.timeouts.extend-by", "30m",
                    "x.timeouts.max-extension", "1d"))
            .find("x")
            .orElseThrow();
    assertThat(type.pause()).isEqualTo(PauseMode.STOP);
    assertThat(type.client(false).activity()).isEqualTo(ActivityKind.TRAFFIC);
    assertThat(type.timeouts())
        .isEqualTo(
            new Timeouts(
                new Timeouts.Timeout(Optional.of(Duration.ofHours(2)), EndAction.PAUSE),
                new Timeouts.Timeout(Optional.empty(), EndAction.STOP),
                new Timeouts.Timeout(Optional.of(Duration.ofDays(3)), EndAction.STOP),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Optional.of(Duration.ofDays(1))));
  }

  @Test
  void aTimeThatIsNoneIsSaid() {
    assertThatThrownBy(() ->
            catalogue(
                Map.of(
                    "x.title", "X",
                    "x.image", "x:1",
                    "x.timeouts.idle.after", "0s",
                    "x.timeouts.warn-before", "-5s")))
        .isInstanceOf(InvalidCatalogue.class)
        .hasMessageContainingAll("x.timeouts.idle.after", "x.timeouts.warn-before");
  }

  @Test
  void aTypeSaysWhatItsContainersMay() {
    DesktopType type =
        catalogue(
                Map.ofEntries(
                    Map.entry("x.title", "X"),
                    Map.entry("x.image", "x:1"),
                    Map.entry("x.limits.open-files", "1024"),
                    Map.entry("x.limits.oom-score", "0"),
                    Map.entry("x.limits.gpus", "all"),
                    Map.entry("x.limits.gpu-devices", "/dev/dri/renderD128"),
                    Map.entry("x.hardening.network", "isolated"),
                    Map.entry("x.hardening.user", "1001"),
                    Map.entry("x.hardening.app-armor", "kasm"),
                    Map.entry("x.hardening.read-only-root", "true"),
                    Map.entry("x.hardening.tmpfs.\"/tmp\"", "1M"),
                    Map.entry("x.hardening.extra-hosts.git", "203.0.113.7"),
                    Map.entry("x.home.shared-as", "work")))
            .find("x")
            .orElseThrow();
    assertThat(type.limits().openFiles()).isEqualTo(1024);
    assertThat(type.limits().oomScore()).isZero();
    assertThat(type.gpus()).isEqualTo(new DesktopType.Gpus(-1, List.of("/dev/dri/renderD128")));
    assertThat(type.hardening())
        .isEqualTo(
            new DesktopType.Hardening(
                true,
                1001,
                new DesktopType.Profile.OfEngine(),
                new DesktopType.Profile.Given("kasm"),
                true,
                Map.of("/tmp", 1L << 20),
                Map.of("git", "203.0.113.7")));
    assertThat(type.home()).contains(new DesktopType.Home("work", "/home/kasm-user"));
  }

  @ParameterizedTest
  @CsvSource({
    "hardening.network, host",
    "hardening.user, 0",
    "hardening.seccomp, unconfined",
    "hardening.seccomp, /nowhere/profile.json",
    "hardening.app-armor, unconfined",
    "hardening.tmpfs.\"/home\", 1M",
    "hardening.extra-hosts.x, host-gateway",
    "hardening.extra-hosts.x, 169.254.169.254",
    "hardening.extra-hosts.x, 127.0.0.1",
    "limits.gpu-devices, /dev/mem",
    "limits.gpus, most",
    "limits.oom-score, -500",
    "limits.open-files, 1",
    "home.shared-as, ../other",
  })
  void whatOpensTheHostIsRefused(String key, String value) {
    assertThatThrownBy(() -> catalogue(Map.of("x.title", "X", "x.image", "x:1", "x." + key, value)))
        .isInstanceOf(InvalidCatalogue.class)
        .hasMessageContaining("x." + key.replace("\"", ""));
  }

  @Test
  void withoutProfilesOnlyWhereTheInstallationAllowsIt() {
    Map<String, String> config = new HashMap<>();
    config.put("berth.allow-unconfined", "true");
    config.put("berth.desktops.x.title", "X");
    config.put("berth.desktops.x.image", "x:1");
    config.put("berth.desktops.x.hardening.seccomp", "unconfined");
    assertThat(read(config).find("x").orElseThrow().hardening().seccomp())
        .isEqualTo(new DesktopType.Profile.Unconfined());
  }

  @Test
  void aTypeSaysForWhomItIsAndWhichSeatsAreKept() {
    DesktopType type =
        catalogue(
                Map.ofEntries(
                    Map.entry("x.title", "X"),
                    Map.entry("x.image", "x:1"),
                    Map.entry("x.groups", "painters,/sculptors"),
                    Map.entry("x.home.keep", "false"),
                    Map.entry("x.pool.max", "9"),
                    Map.entry("x.pool.min", "1"),
                    Map.entry("x.pool.demand-window", "5m"),
                    Map.entry("x.pool.max-age", "1h"),
                    Map.entry("x.pool.zone", "Europe/Berlin"),
                    Map.entry("x.pool.schedule.office.days", "monday,friday"),
                    Map.entry("x.pool.schedule.office.from", "08:00"),
                    Map.entry("x.pool.schedule.office.to", "18:30"),
                    Map.entry("x.pool.schedule.office.min", "5")))
            .find("x")
            .orElseThrow();

    assertThat(type.groups()).containsExactlyInAnyOrder("painters", "sculptors");
    assertThat(type.pool())
        .isEqualTo(
            new DesktopType.Pool(
                9,
                1,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                ZoneId.of("Europe/Berlin"),
                List.of(
                    new DesktopType.Window(
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        LocalTime.of(8, 0),
                        LocalTime.of(18, 30),
                        5))));
  }

  @Test
  void aTypeThatKeepsHomesCanHaveNoSeats() {
    assertThatThrownBy(() ->
            catalogue(
                Map.of("x.title", "X", "x.image", "x:1", "x.pool.max", "2", "x.pool.min", "3")))
        .isInstanceOf(InvalidCatalogue.class)
        .hasMessageContainingAll("x.pool.max", "home.keep", "x.pool.min");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(() ->
            catalogue(
                Map.of(
                    "Bad_Name.title",
                    " ",
                    "Bad_Name.image",
                    "no-tag",
                    "x.title",
                    "X",
                    "x.image",
                    "x:1",
                    "x.scheme",
                    "ftp",
                    "x.port",
                    "0",
                    "x.limits.memory",
                    "1M",
                    "x.client.start-query",
                    "?a=b")))
        .isInstanceOf(InvalidCatalogue.class)
        .hasMessageContainingAll(
            "berth.desktops.Bad_Name: ",
            "Bad_Name.title",
            "Bad_Name.image",
            "x.scheme",
            "x.port",
            "x.limits.memory",
            "x.client.start-query");
  }

  @Test
  void aTypeRunsAnywhereInAClusterUnlessItSaysWhere() {
    DesktopType plain = catalogue(Map.of("x.title", "X", "x.image", "x:1")).find("x").orElseThrow();
    assertThat(plain.placement().nodeSelector()).isEmpty();
    assertThat(plain.placement().tolerations()).isEmpty();
    assertThat(plain.placement().memoryRequest()).isEqualTo(plain.limits().memory());
    assertThat(plain.placement().cpuRequest()).isEqualTo(0.5);
    Map<String, String> keys = new HashMap<>(Map.of("x.title", "X", "x.image", "x:1"));
    keys.put("x.placement.node-selector.\"berth.io/desktops\"", "true");
    keys.put("x.placement.tolerations", "a=b:NoSchedule,c:NoExecute,d");
    keys.put("x.placement.priority-class", "late");
    keys.put("x.placement.memory-request", "1G");
    Placement placed = catalogue(keys).find("x").orElseThrow().placement();
    assertThat(placed.nodeSelector()).isEqualTo(Map.of("berth.io/desktops", "true"));
    assertThat(placed.tolerations())
        .containsExactly(
            new Placement.Toleration("a", Optional.of("b"), Optional.of("NoSchedule")),
            new Placement.Toleration("c", Optional.empty(), Optional.of("NoExecute")),
            new Placement.Toleration("d", Optional.empty(), Optional.empty()));
    assertThat(placed.priorityClass()).contains("late");
    assertThat(placed.gpuResource()).isEqualTo("nvidia.com/gpu");
    assertThat(placed.memoryRequest()).isEqualTo(1L << 30);
  }

  @Test
  void aPlacementThatCannotBeIsSaid() {
    assertThatThrownBy(() ->
            catalogue(
                Map.of(
                    "x.title", "X",
                    "x.image", "x:1",
                    "x.placement.tolerations", "a:Never",
                    "x.placement.memory-request", "1T",
                    "x.placement.cpu-request", "64")))
        .hasMessageContainingAll(
            "placement.tolerations", "placement.memory-request", "placement.cpu-request");
  }

  @Test
  void theExampleForAClusterIsACatalogue() throws IOException {
    Path file =
        Path.of(System.getProperty("berth.checkout"), "k8s/overlays/production/catalogue.yaml");
    URL own = Objects.requireNonNull(CatalogueTest.class.getResource("/catalogue.yaml"));
    Catalogue catalogue =
        new Catalogue(
            builder()
                .withSources(
                    new YamlConfigSource(own),
                    new YamlConfigSource("example", Files.readString(file), 500))
                .build()
                .getConfigMapping(CatalogueConfig.class));
    assertThat(catalogue.types())
        .extracting(type -> type.placement().nodeSelector())
        .allMatch(Map.of("berth.io/desktops", "true")::equals);
  }

  private static Catalogue catalogue(Map<String, String> keys) {
    Map<String, String> config = new HashMap<>();
    keys.forEach((key, value) -> config.put("berth.desktops." + key, value));
    return read(config);
  }

  private static Catalogue read(Map<String, String> config) {
    return new Catalogue(
        builder()
            .withSources(new PropertiesConfigSource(config, "test", 1))
            .build()
            .getConfigMapping(CatalogueConfig.class));
  }

  private static SmallRyeConfigBuilder builder() {
    return new SmallRyeConfigBuilder()
        .withMapping(CatalogueConfig.class)
        .withConverter(
            io.quarkus.runtime.configuration.MemorySize.class, 200, new MemorySizeConverter())
        .withConverter(
            Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter());
  }
}
