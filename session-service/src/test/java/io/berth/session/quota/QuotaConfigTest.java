package io.berth.session.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class QuotaConfigTest {

  @Test
  void everyNumberHasASaneDefault() {
    QuotaConfig config = read(Map.of());

    assertThat(config.sessionsPerPerson()).isEqualTo(10);
    assertThat(config.sessions()).isEmpty();
    assertThat(config.groups()).isEmpty();
    assertThat(config.countPaused()).isTrue();
    assertThat(config.host().memory()).isEmpty();
    assertThat(config.host().cpus()).isEmpty();
    assertThat(config.host().memoryOvercommit()).isEqualTo(4);
    assertThat(config.host().cpuOvercommit()).isEqualTo(32);
    assertThat(config.queue().length()).isEqualTo(100);
  }

  @Test
  void everyNumberIsReadFromItsKey() {
    QuotaConfig config =
        read(
            Map.of(
                "berth.quotas.sessions-per-person", "1",
                "berth.quotas.sessions", "2",
                "berth.quotas.groups.poets.sessions-per-person", "3",
                "berth.quotas.groups.poets.sessions", "4",
                "berth.quotas.count-paused", "false",
                "berth.quotas.host.memory", "5G",
                "berth.quotas.host.cpus", "6.5",
                "berth.quotas.host.memory-overcommit", "1.5",
                "berth.quotas.host.cpu-overcommit", "0",
                "berth.quotas.queue.length", "0"));

    assertThat(config.sessionsPerPerson()).isEqualTo(1);
    assertThat(config.sessions()).contains(2);
    QuotaConfig.Group poets = Objects.requireNonNull(config.groups().get("poets"));
    assertThat(poets.sessionsPerPerson()).hasValue(3);
    assertThat(poets.sessions()).hasValue(4);
    assertThat(config.countPaused()).isFalse();
    assertThat(config.host().memory().orElseThrow().asLongValue()).isEqualTo(5L << 30);
    assertThat(config.host().cpus()).hasValue(6.5);
    assertThat(config.host().memoryOvercommit()).isEqualTo(1.5);
    assertThat(config.host().cpuOvercommit()).isZero();
    assertThat(config.queue().length()).isZero();
  }

  private static QuotaConfig read(Map<String, String> keys) {
    return new SmallRyeConfigBuilder()
        .withMapping(QuotaConfig.class)
        .withConverter(MemorySize.class, 200, new MemorySizeConverter())
        .withSources(new PropertiesConfigSource(keys, "test", 1))
        .build()
        .getConfigMapping(QuotaConfig.class);
  }
}
