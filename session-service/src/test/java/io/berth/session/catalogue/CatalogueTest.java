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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
