package io.berth.launcher.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("berth.checkout"));

  private final ConfigReference reference = new ConfigReference(CHECKOUT);

  @Test
  void thePageInDocsIsWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(CHECKOUT.resolve("docs/configuration.md")))
        .as("run ./berth docs and commit docs/configuration.md")
        .isEqualTo(reference.markdown());
  }

  @Test
  void everyKeySaysWhatItMeans() {
    List<String> silent =
        Stream.of("proxy-service", "auth-service", "session-service")
            .flatMap(service -> reference.sections(service).stream())
            .flatMap(section -> section.keys().stream())
            .filter(key -> key.about().isBlank())
            .map(ConfigKey::name)
            .toList();
    assertThat(silent).isEmpty();
  }

  @Test
  void nestedGroupsMapsAndDefaultsAreFollowed() {
    assertThat(reference.sections("session-service"))
        .flatExtracting(ConfigSection::keys)
        .filteredOn(key -> key.name().equals("berth.desktops.<name>.limits.memory"))
        .singleElement()
        .satisfies(key -> {
          assertThat(key.fallback()).contains("2G");
          assertThat(key.type()).isEqualTo("MemorySize");
          assertThat(key.variable()).isEqualTo("BERTH_DESKTOPS_<NAME>_LIMITS_MEMORY");
          assertThat(key.about()).startsWith("Memory");
        });
  }
}
