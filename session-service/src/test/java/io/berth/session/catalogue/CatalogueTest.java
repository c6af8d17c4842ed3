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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
    assertThat(type.limits()).isEqualTo(new DesktopType.Limits(2L << 30, 2, 1024, 512L << 20));
    assertThat(type.capabilities()).isEmpty();
    assertThat(type.homePath()).contains("/home/kasm-user");
    assertThat(type.startTimeout()).isEqualTo(Duration.ofSeconds(90));
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
    assertThat(plain.placement().gpus()).isZero();
    assertThat(plain.placement().memoryRequest()).isEqualTo(plain.limits().memory());
    assertThat(plain.placement().cpuRequest()).isEqualTo(0.5);
    Map<String, String> keys = new HashMap<>(Map.of("x.title", "X", "x.image", "x:1"));
    keys.put("x.placement.node-selector.\"berth.io/desktops\"", "true");
    keys.put("x.placement.tolerations", "a=b:NoSchedule,c:NoExecute,d");
    keys.put("x.placement.priority-class", "late");
    keys.put("x.placement.gpus", "1");
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
                    "x.placement.gpus", "-1",
                    "x.placement.memory-request", "1T",
                    "x.placement.cpu-request", "64")))
        .hasMessageContainingAll(
            "placement.tolerations",
            "placement.gpus",
            "placement.memory-request",
            "placement.cpu-request");
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
