package io.berth.session.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.audit.AuditConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeoutConfigTest {

  @Test
  void theDefaultsAreAsDocumented() {
    TimeoutConfig timeouts = config(Map.of(), TimeoutConfig.class);
    assertThat(timeouts.lookEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(timeouts.silentAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(timeouts.trustSilentFor()).isEqualTo(Duration.ofHours(1));
    assertThat(config(Map.of(), AuditConfig.class).retention()).isEqualTo(Duration.ofDays(400));
  }

  @Test
  void whatIsSetIsTaken() {
    TimeoutConfig timeouts =
        config(
            Map.of(
                "berth.timeouts.look-every", "20s",
                "berth.timeouts.silent-after", "2m",
                "berth.timeouts.trust-silent-for", "3h"),
            TimeoutConfig.class);
    assertThat(timeouts.lookEvery()).isEqualTo(Duration.ofSeconds(20));
    assertThat(timeouts.silentAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(timeouts.trustSilentFor()).isEqualTo(Duration.ofHours(3));
    assertThat(config(Map.of("berth.audit.retention", "30d"), AuditConfig.class).retention())
        .isEqualTo(Duration.ofDays(30));
  }

  private static <T> T config(Map<String, String> keys, Class<T> mapping) {
    return new SmallRyeConfigBuilder()
        .withMapping(mapping)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(keys, "test", 1))
        .build()
        .getConfigMapping(mapping);
  }
}
