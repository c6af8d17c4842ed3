package io.berth.session.container.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.session.catalogue.Catalogue;
import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.PauseMode;
import io.berth.session.container.Container;
import io.berth.session.container.ContainerRefused;
import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.ContainerRuntimeContract;
import io.berth.session.container.ContainerSpec;
import io.berth.session.container.ImageUnavailable;
import io.berth.session.database.Database;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.NeedsCluster;
import io.berth.session.environment.TestCluster;
import io.berth.session.environment.TestEnvironment;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on a real cluster, and what only a cluster has. */
@NeedsCluster
@QuarkusTest
@TestProfile(OnKubernetes.class)
@QuarkusTestResource(value = TestEnvironment.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = TestCluster.class, restrictToAnnotatedClass = true)
class KubernetesRuntimeTest extends ContainerRuntimeContract {

  private final ContainerRuntime runtime;
  private final Catalogue catalogue;
  private final KubernetesClient client;
  private final Database database;

  KubernetesRuntimeTest(
      ContainerRuntime runtime, Catalogue catalogue, KubernetesClient client, Database database) {
    this.runtime = runtime;
    this.catalogue = catalogue;
    this.client = client;
    this.database = database;
  }

  @AfterEach
  void forget() {
    database.update("DELETE FROM containers");
  }

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected String upgradedImage() {
    return type().image().name();
  }

  @Override
  protected boolean packsHomes() {
    return false;
  }

  @Override
  protected int leftovers() {
    return 0;
  }

  @Override
  protected DesktopType type() {
    return catalogue.find("test-desktop").orElseThrow();
  }

  @Override
  protected boolean canFreeze() {
    return false;
  }

  /** The application's reconciler hears of containers that end, and removes unwanted ones. */
  @Override
  protected void want(ContainerSpec spec) {
    database.update(
        "INSERT INTO containers (id, user_id, owner_slug, session_id, container_name, desktop_type,"
            + " proxy_path, status, upstream_secret)"
            + " VALUES (?, ?, 'contract', ?, ?, ?, ?, 'creating', 'secret')",
        spec.sessionId(),
        spec.ownerId(),
        spec.sessionId().toString(),
        spec.name(),
        spec.type().name().value(),
        "contract-" + spec.sessionId().toString().substring(0, 6));
  }

  @Test
  void whatCannotFreezeSaysSoAndRunsOn() {
    ContainerSpec spec = spec(PORT);
    Container container = runtime.create(spec);
    runtime.start(container);
    assertThatThrownBy(() -> runtime.pause(container, PauseMode.FREEZE))
        .isInstanceOf(ContainerRefused.class);
    assertThat(runtime.find(spec.sessionId()).orElseThrow().isRunning()).isTrue();
  }

  @Test
  void aPausedDesktopHasNoPodAndKeepsItsAddressAndItsHome() {
    ContainerSpec spec = spec(PORT);
    Container container = runtime.create(spec);
    runtime.start(container);
    runtime.pause(container, PauseMode.STOP);
    assertThat(pod(spec)).isEmpty();
    assertThat(runtime.find(spec.sessionId()).orElseThrow().address())
        .isEqualTo(container.address());
    runtime.resume(container);
    assertThat(runtime.find(spec.sessionId()).orElseThrow().isRunning()).isTrue();
  }

  @Test
  void aPodCanDoLittleAndDoesNotShowItsPassword() {
    ContainerSpec spec = spec(PORT);
    runtime.start(runtime.create(spec));
    Pod pod = pod(spec).orElseThrow();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(1000);
    assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    var container = pod.getSpec().getContainers().getFirst();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getResources().getLimits()).containsKeys("memory", "cpu");
    assertThat(container.getVolumeMounts())
        .extracting("mountPath")
        .contains("/dev/shm", "/home/kasm-user");
    assertThat(client.getKubernetesSerialization().asYaml(pod)).doesNotContain(spec.password());
    assertThat(
            client
                .getKubernetesSerialization()
                .asYaml(
                    client
                        .services()
                        .inNamespace(TestCluster.NAMESPACE)
                        .withName(name(spec))
                        .get()))
        .doesNotContain(spec.password());
  }

  @Test
  void nothingOfADesktopIsLeftButItsHome() {
    ContainerSpec spec = spec(PORT);
    Container container = runtime.create(spec);
    runtime.start(container);
    runtime.remove(container);
    Eventually.get(
        () ->
            client.secrets().inNamespace(TestCluster.NAMESPACE).withName(name(spec)).get() == null,
        gone -> gone);
    assertThat(pod(spec)).isEmpty();
    assertThat(
            client
                .persistentVolumeClaims()
                .inNamespace(TestCluster.NAMESPACE)
                .withLabel(Labels.OWNER, spec.ownerId())
                .list()
                .getItems())
        .hasSize(1);
  }

  @Test
  void aPodThatGoesByItselfIsSeenToHaveEnded() {
    Set<UUID> ended = ConcurrentHashMap.newKeySet();
    runtime.watch(ended::add);
    ContainerSpec spec = spec(PORT);
    runtime.start(runtime.create(spec));
    var _ =
        client
            .pods()
            .inNamespace(TestCluster.NAMESPACE)
            .withName(name(spec))
            .withGracePeriod(0)
            .delete();
    Eventually.get(() -> ended, each -> each.contains(spec.sessionId()));
    assertThat(runtime.find(spec.sessionId()).orElseThrow().state())
        .isEqualTo(Container.State.EXITED);
    assertThat(runtime.list())
        .filteredOn(each -> each.sessionId().equals(Optional.of(spec.sessionId())))
        .extracting(Container::state)
        .containsExactly(Container.State.EXITED);
  }

  @Test
  void whatEndsWhileStartingSaysHowAndItsLastWords() {
    ContainerSpec spec = spec(catalogue.find("test-dies").orElseThrow());
    Container container = runtime.create(spec);
    runtime.start(container);
    Container ended =
        Eventually.get(
            () -> runtime.find(spec.sessionId()).orElseThrow(),
            each -> each.state() == Container.State.EXITED);
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(runtime.lastLines(ended, 5)).anyMatch(line -> line.contains("cannot open display"));
  }

  @Test
  void anImageThatTheNodeDoesNotHaveIsSaidByTheDesktopItself() {
    ContainerSpec spec = spec(catalogue.find("test-missing").orElseThrow());
    Container container = runtime.create(spec);
    assertThatThrownBy(() -> runtime.start(container)).isInstanceOf(ImageUnavailable.class);
  }

  @Test
  void anImageThatIsThereIsPulledAtOnce() {
    String image = type().image().name();
    runtime.pull(image, new Unhurried());
    assertThat(runtime.hasImage(image)).isTrue();
    assertThat(
            client
                .pods()
                .inNamespace(TestCluster.NAMESPACE)
                .withLabels(Map.of(Labels.NAME, "berth-image-pull"))
                .list()
                .getItems())
        .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
  }

  @Test
  void twoReplicasThatMakeTheSameDesktopMakeOne() throws InterruptedException {
    ContainerSpec spec = spec(PORT);
    Thread other = Thread.ofVirtual().start(() -> runtime.start(runtime.create(spec)));
    runtime.start(runtime.create(spec));
    other.join();
    assertThat(runtime.list()).hasSize(1);
    assertThat(
            client
                .pods()
                .inNamespace(TestCluster.NAMESPACE)
                .withLabel(Labels.SESSION, spec.sessionId().toString())
                .list()
                .getItems())
        .hasSize(1);
  }

  private ContainerSpec spec(DesktopType type) {
    ContainerSpec any = spec(PORT);
    return new ContainerSpec(
        any.sessionId(),
        any.generation(),
        any.name(),
        any.ownerId(),
        type,
        type.image().name(),
        any.hostPort(),
        any.password());
  }

  private Optional<Pod> pod(ContainerSpec spec) {
    return Optional.ofNullable(
        client.pods().inNamespace(TestCluster.NAMESPACE).withName(name(spec)).get());
  }

  private static String name(ContainerSpec spec) {
    return Labels.nameOf(spec.sessionId());
  }

  /** Waits for as long as it takes. */
  private static final class Unhurried implements ContainerRuntime.PullWatch {

    @Override
    public void progress(int percent) {}

    @Override
    public boolean goOn() {
      return true;
    }
  }
}
