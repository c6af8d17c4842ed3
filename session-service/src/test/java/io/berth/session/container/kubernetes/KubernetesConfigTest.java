package io.berth.session.container.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.session.container.RuntimeConfig;
import io.berth.session.container.RuntimeKind;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesConfigTest {

  @Test
  void defaults() {
    SmallRyeConfig config = config(Map.of());
    KubernetesConfig kubernetes = config.getConfigMapping(KubernetesConfig.class);
    assertThat(config.getConfigMapping(RuntimeConfig.class).runtime())
        .isEqualTo(RuntimeKind.DOCKER);
    assertThat(kubernetes.namespace()).isEqualTo("berth-desktops");
    assertThat(kubernetes.imagePullSecrets()).isEmpty();
    assertThat(kubernetes.pullTimeout()).isEqualTo(Duration.ofMinutes(20));
    assertThat(kubernetes.scheduleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(kubernetes.stopGrace()).isEqualTo(Duration.ofSeconds(5));
    assertThat(kubernetes.forceAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(kubernetes.resync()).isEqualTo(Duration.ofMinutes(5));
    assertThat(kubernetes.homes().storageClass()).isEmpty();
    assertThat(kubernetes.homes().size().asLongValue()).isEqualTo(10L << 30);
    assertThat(kubernetes.homes().accessMode()).isEqualTo("ReadWriteOnce");
  }

  @Test
  void explicitValues() {
    SmallRyeConfig config =
        config(
            Map.of(
                "berth.runtime", "kubernetes",
                "berth.kubernetes.namespace", "desks",
                "berth.kubernetes.image-pull-secrets", "a,b",
                "berth.kubernetes.stop-grace", "1s",
                "berth.kubernetes.homes.storage-class", "fast",
                "berth.kubernetes.homes.size", "1G",
                "berth.kubernetes.homes.access-mode", "ReadWriteMany"));
    KubernetesConfig kubernetes = config.getConfigMapping(KubernetesConfig.class);
    assertThat(config.getConfigMapping(RuntimeConfig.class).runtime())
        .isEqualTo(RuntimeKind.KUBERNETES);
    assertThat(kubernetes.namespace()).isEqualTo("desks");
    assertThat(kubernetes.imagePullSecrets().orElseThrow()).containsExactly("a", "b");
    assertThat(kubernetes.stopGrace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(kubernetes.homes().storageClass()).contains("fast");
    assertThat(kubernetes.homes().size().asLongValue()).isEqualTo(1L << 30);
    assertThat(kubernetes.homes().accessMode()).isEqualTo("ReadWriteMany");
  }

  private static SmallRyeConfig config(Map<String, String> keys) {
    return new SmallRyeConfigBuilder()
        .withMapping(KubernetesConfig.class)
        .withMapping(RuntimeConfig.class)
        .withConverter(MemorySize.class, 200, new MemorySizeConverter())
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(keys, "test", 1))
        .build();
  }
}
