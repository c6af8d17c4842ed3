package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What `k8s/` says, read strictly by the model of a current Kubernetes API. */
class ManifestsTest {

  private static final Path FOLDER = Command.CHECKOUT.resolve("k8s");
  private static final int KUSTOMIZE = 5;

  @ParameterizedTest
  @MethodSource("files")
  void everyFieldIsOneThatTheApiKnows(Path file) throws IOException {
    assertThat(Manifests.unknownFields(Files.readString(file))).isEmpty();
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml") && !file.endsWith("catalogue.yaml"))
          .toList()
          .stream();
    }
  }

  @Test
  void aFieldThatTheApiDoesNotKnowIsFound() {
    assertThat(
            Manifests.unknownFields(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                spec:
                  containers: [{name: a, securityContext: {readOnlyRootFilesystm: true}}]
                """))
        .containsExactly("Pod a: spec.containers[0].securityContext.readOnlyRootFilesystm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "production", "test"})
  void anOverlayIsWhole(String overlay) {
    String rendered = rendered(overlay);
    if (!overlay.equals("test")) { // it speaks the words of an old API
      assertThat(Manifests.unknownFields(rendered)).isEmpty();
    }
    List<HasMetadata> objects = Manifests.read(rendered);
    assertThat(objects).extracting(HasMetadata::getKind).contains("Deployment", "NetworkPolicy");
    for (Deployment deployment : of(objects, Deployment.class)) {
      for (var source : container(deployment).getEnvFrom()) {
        if (!overlay.equals("test")) {
          assertThat(objects)
              .filteredOn(each -> each.getKind().equals("ConfigMap"))
              .extracting(each -> each.getMetadata().getName())
              .contains(source.getConfigMapRef().getName());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "production"})
  void everyContainerCanDoLittle(String overlay) {
    List<HasMetadata> objects = Manifests.read(rendered(overlay));
    List<PodSpec> pods =
        Stream.concat(
                of(objects, Deployment.class).stream()
                    .map(each -> each.getSpec().getTemplate().getSpec()),
                of(objects, DaemonSet.class).stream()
                    .map(each -> each.getSpec().getTemplate().getSpec()))
            .toList();
    assertThat(pods).isNotEmpty();
    for (PodSpec pod : pods) {
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
      assertThat(
              Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
                  .toList())
          .allSatisfy(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
          });
    }
  }

  @Test
  void onlySessionServiceHasATokenAndItCanReadNoSecret() {
    List<HasMetadata> objects = Manifests.read(rendered("production"));
    assertThat(of(objects, Deployment.class))
        .filteredOn(each -> token(each.getSpec().getTemplate().getSpec()))
        .extracting(each -> each.getMetadata().getName())
        .containsExactly("session");
    assertThat(objects).extracting(HasMetadata::getKind).doesNotContain("ClusterRole");
    assertThat(of(objects, Role.class)).hasSize(1);
    Map<String, List<String>> verbs = new TreeMap<>();
    for (PolicyRule rule : of(objects, Role.class).getFirst().getRules()) {
      rule.getResources().forEach(resource -> verbs.put(resource, rule.getVerbs()));
    }
    assertThat(verbs.get("secrets")).containsExactly("create");
    assertThat(verbs.values()).noneMatch(each -> each.contains("*"));
    assertThat(verbs).doesNotContainKeys("*", "pods/exec", "pods/attach", "pods/portforward");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "production"})
  void theEdgeIsNotKilledBeforeItHasDrained(String overlay) {
    Deployment edge =
        of(Manifests.read(rendered(overlay)), Deployment.class).stream()
            .filter(each -> each.getMetadata().getName().equals("proxy"))
            .findFirst()
            .orElseThrow();
    Container container = container(edge);
    Map<String, String> environment = new TreeMap<>();
    for (EnvVar variable : container.getEnv()) {
      environment.put(variable.getName(), String.valueOf(variable.getValue()));
    }
    long before =
        Long.parseLong(container.getLifecycle().getPreStop().getExec().getCommand().getLast());
    Duration needed =
        Duration.ofSeconds(before)
            .plus(duration(environment.getOrDefault("BERTH_PROXY_DRAIN_REQUESTS", "0s")))
            .plus(duration(environment.getOrDefault("BERTH_PROXY_DRAIN_TUNNELS", "0s")));
    assertThat(edge.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
        .isGreaterThan(needed.toSeconds());
    assertThat(edge.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
  }

  @Test
  void aDesktopIsReachedByTheEdgeAndReachesNothingInside() {
    List<NetworkPolicy> policies =
        of(Manifests.read(rendered("small")), NetworkPolicy.class).stream()
            .filter(each -> each.getMetadata().getNamespace().equals("berth-desktops"))
            .toList();
    NetworkPolicy desktops = policies.getFirst();
    NetworkPolicy internet = policies.getLast();
    assertThat(policies).hasSize(2);
    assertThat(desktops.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
    assertThat(desktops.getSpec().getPolicyTypes()).contains("Ingress", "Egress");
    assertThat(desktops.getSpec().getIngress()).hasSize(1);
    assertThat(desktops.getSpec().getEgress()).isNullOrEmpty();
    assertThat(internet.getSpec().getEgress().getLast().getTo().getFirst().getIpBlock().getExcept())
        .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16");
  }

  private static boolean token(PodSpec pod) {
    return !Boolean.FALSE.equals(pod.getAutomountServiceAccountToken());
  }

  private static Container container(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  private static Duration duration(String text) {
    return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
  }

  private static <T extends HasMetadata> List<T> of(List<HasMetadata> objects, Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static String rendered(String overlay) {
    assumeTrue(kustomizeVersion() >= KUSTOMIZE, "skipped: needs kubectl with kustomize 5 or newer");
    Command.Outcome outcome =
        Command.run(
            Duration.ofMinutes(1),
            List.of(
                "kubectl", "kustomize", FOLDER.resolve("overlays").resolve(overlay).toString()));
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome.output();
  }

  /** 0 where there is no kubectl, or one that does not say. */
  private static int kustomizeVersion() {
    Command.Outcome outcome =
        Command.run(
            Duration.ofMinutes(1),
            List.of("sh", "-c", "kubectl version --client -o json 2>/dev/null || echo '{}'"));
    try {
      JsonNode version = new ObjectMapper().readTree(outcome.output()).path("kustomizeVersion");
      String text = version.asText("v0").replaceAll("^v(\\d+).*", "$1");
      int major = text.matches("\\d+") ? Integer.parseInt(text) : 0;
      if (major < KUSTOMIZE) {
        System.err.println("SKIPPED: the overlays are not rendered without kubectl 1.27 or newer.");
      }
      return major;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
