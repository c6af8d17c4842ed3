package io.berth.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardConfigTest {

  @Test
  void withoutSettingsItGuardsDockersSocketForKasmsAndLocalImagesOnLoopback() {
    GuardConfig config = config(Map.of());

    assertThat(config.instance()).isEqualTo("berth");
    assertThat(config.guard().listen()).isEqualTo(Path.of("/run/berth/engine.sock"));
    assertThat(config.guard().engine()).isEqualTo(Path.of("/var/run/docker.sock"));
    assertThat(config.guard().images())
        .containsExactly("kasmweb/*", "docker.io/kasmweb/*", "berth/*");
    assertThat(config.guard().addresses()).containsExactly("127.0.0.1");
    assertThat(config.guard().ports()).isEqualTo("7000-8000");
    assertThat(config.guard().capabilities())
        .containsExactly("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "SETGID", "SETUID", "KILL");
  }

  @Test
  void everyKeyCanBeSet() {
    GuardConfig config =
        config(
            Map.of(
                "berth.instance", "lab",
                "berth.guard.listen", "/run/guard.sock",
                "berth.guard.engine", "/run/podman/podman.sock",
                "berth.guard.images", "registry.example/desktops/*",
                "berth.guard.addresses", "10.0.0.1,127.0.0.1",
                "berth.guard.ports", "9000-9100",
                "berth.guard.capabilities", "CHOWN"));

    assertThat(config.instance()).isEqualTo("lab");
    assertThat(config.guard().listen()).isEqualTo(Path.of("/run/guard.sock"));
    assertThat(config.guard().engine()).isEqualTo(Path.of("/run/podman/podman.sock"));
    assertThat(config.guard().images()).containsExactly("registry.example/desktops/*");
    assertThat(config.guard().addresses()).containsExactly("10.0.0.1", "127.0.0.1");
    assertThat(config.guard().ports()).isEqualTo("9000-9100");
    assertThat(config.guard().capabilities()).containsExactly("CHOWN");
  }

  private static GuardConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(GuardConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build()
        .getConfigMapping(GuardConfig.class);
  }
}
