package io.berth.session.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.berth.session.catalogue.DesktopType;
import io.berth.session.catalogue.PauseMode;
import io.berth.session.environment.Eventually;
import io.berth.session.environment.TestPorts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every container runtime must do; each one's test extends this. */
public abstract class ContainerRuntimeContract {

  protected static final int PORT = TestPorts.single(1);
  private static final String PASSWORD = "secret0123456789";
  private static final String OWNER = UUID.randomUUID().toString();
  private static final HomeVolume HOME = new HomeVolume(OWNER, "contract");

  /** The runtime under test. */
  protected abstract ContainerRuntime runtime();

  /** A desktop type that this runtime can run. */
  protected abstract DesktopType type();

  /** The image of the same desktop after an upgrade. */
  protected abstract String upgradedImage();

  /** Whether this kind of runtime can pack homes. */
  protected boolean packsHomes() {
    return true;
  }

  /** How many things this instance has in the runtime that are neither desktops nor homes. */
  protected abstract int leftovers();

  @AfterEach
  void clear() {
    runtime().list().forEach(runtime()::remove);
    runtime().homes().forEach(runtime()::removeHome);
  }

  @Test
  void makingAContainerAgainFindsTheFirst() {
    ContainerSpec spec = spec(PORT);
    Container first = runtime().create(spec);
    Container second = runtime().create(spec);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(first.state()).isEqualTo(Container.State.CREATED);
    assertThat(first.sessionId()).contains(spec.sessionId());
    assertThat(first.generation()).isEqualTo(spec.generation());
    assertThat(runtime().list()).hasSize(1);
  }

  @Test
  void startingARunningContainerChangesNothing() {
    Container container = runtime().create(spec(PORT));
    runtime().start(container);
    runtime().start(container);
    assertThat(runtime().find(container.sessionId().orElseThrow()).orElseThrow().isRunning())
        .isTrue();
  }

  @Test
  void aStartedDesktopBecomesReadyForItsPasswordOnly() {
    DesktopProbe probe = new DesktopProbe();
    Container container = runtime().create(spec(PORT));
    runtime().start(container);
    Eventually.get(() -> isReady(probe, container, PASSWORD), ready -> ready);
    assertThat(isReady(probe, container, "another")).isFalse();
  }

  @Test
  void removingIsDoneAlsoWhenThereIsNothing() {
    Container container = runtime().create(spec(PORT));
    runtime().start(container);
    runtime().remove(container);
    runtime().remove(container);
    assertThat(runtime().find(container.sessionId().orElseThrow())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPausedDesktopDoesNothingAndGoesOnWithWhatItHas(PauseMode mode) {
    assumeTrue(mode != PauseMode.FREEZE || canFreeze(), "this runtime can't freeze");
    DesktopProbe probe = new DesktopProbe();
    Container container = runtime().create(spec(PORT));
    runtime().start(container);
    Eventually.get(() -> isReady(probe, now(container), PASSWORD), ready -> ready);
    runtime().pause(container, mode);
    runtime().pause(container, mode);
    assertThat(now(container).isRunning()).isFalse();
    assertThat(isReady(probe, now(container), PASSWORD)).isFalse();
    runtime().resume(container);
    runtime().resume(container);
    assertThat(now(container).state()).isEqualTo(Container.State.RUNNING);
    Eventually.get(() -> isReady(probe, now(container), PASSWORD), ready -> ready);
    assertThat(runtime().list()).hasSize(1);
  }

  @Test
  void aFrozenContainerIsStoppedOrRemovedAllTheSame() {
    assumeTrue(canFreeze(), "this runtime can't freeze");
    Container container = runtime().create(spec(PORT));
    runtime().start(container);
    runtime().pause(container, PauseMode.FREEZE);
    runtime().pause(container, PauseMode.STOP);
    assertThat(now(container).state()).isEqualTo(Container.State.EXITED);
    runtime().pause(container, PauseMode.FREEZE); // nothing to freeze: as before
    assertThat(now(container).state()).isEqualTo(Container.State.EXITED);
    runtime().resume(container);
    runtime().pause(container, PauseMode.FREEZE);
    runtime().remove(container);
    assertThat(runtime().find(container.sessionId().orElseThrow())).isEmpty();
  }

  @Test
  void makingAHomeAgainFindsTheFirst() {
    runtime().makeHome(HOME);
    runtime().makeHome(HOME);
    assertThat(runtime().homes()).containsExactly(HOME);
  }

  @Test
  void aHomeOutlivesItsContainerAndComesBackWithAnotherImage() throws IOException {
    assumeTrue(packsHomes());
    ContainerSpec first = spec(PORT);
    start(first);
    runtime().remove(runtime().find(first.sessionId()).orElseThrow());
    ContainerSpec upgraded = upgraded(first);
    start(upgraded);
    assertThat(archive(first).get("visits")).hasLineCount(2);
  }

  @Test
  void aHomeInUseIsNotRemovedAndThenIs() throws IOException {
    ContainerSpec spec = spec(PORT);
    Container container = start(spec);
    assertThatThrownBy(() -> runtime().removeHome(spec.home().orElseThrow()))
        .isInstanceOf(HomeInUse.class);
    if (packsHomes()) {
      assertThat(archive(spec)).containsKey("visits");
    }
    runtime().remove(container);
    runtime().removeHome(spec.home().orElseThrow());
    runtime().removeHome(spec.home().orElseThrow());
    assertThat(runtime().homes()).isEmpty();
  }

  @Test
  void anArchiveOfARunningDesktopsHomeLeavesNothingBehind() throws IOException {
    assumeTrue(packsHomes());
    ContainerSpec spec = spec(PORT);
    start(spec);
    try (InputStream half = runtime().archiveHome(spec.home().orElseThrow()).orElseThrow()) {
      assertThat(half.read()).isNotNegative();
      assertThat(runtime().list()).as("what packs a home is no desktop").hasSize(1);
    }
    assertThat(leftovers()).isZero();
  }

  @Test
  void aHomeIsRemovedAlsoWhileItIsDownloaded() throws IOException {
    assumeTrue(packsHomes());
    runtime().makeHome(HOME);
    try (InputStream open = runtime().archiveHome(HOME).orElseThrow()) {
      assertThat(open).isNotNull();
      runtime().removeHome(HOME);
    }
    assertThat(runtime().homes()).isEmpty();
    assertThat(leftovers()).isZero();
  }

  @Test
  void anImageThatIsNotThereIsSaid() {
    assertThat(runtime().hasImage("127.0.0.1:9/none:1")).isFalse();
    assertThatThrownBy(() ->
            runtime()
                .pull(
                    "127.0.0.1:9/none:1",
                    new ContainerRuntime.PullWatch() {
                      @Override
                      public void progress(int percent) {}

                      @Override
                      public boolean goOn() {
                        return true;
                      }
                    }))
        .isInstanceOf(ImageUnavailable.class);
  }

  private Container now(Container container) {
    return runtime().find(container.sessionId().orElseThrow()).orElseThrow();
  }

  @Test
  void whatIsNotOnAHostPortSaysWhereItIs() {
    Container container = runtime().create(spec(PORT));
    assertThat(container.address().isPresent()).isNotEqualTo(runtime().usesHostPorts());
    assertThat(runtime().find(container.sessionId().orElseThrow()).orElseThrow().address())
        .isEqualTo(container.address());
  }

  /** Starts a desktop and waits until it is ready: by then it has written to its home. */
  private Container start(ContainerSpec spec) {
    Container container = runtime().create(spec);
    runtime().start(container);
    DesktopProbe probe = new DesktopProbe();
    Eventually.get(() -> isReady(probe, container, PASSWORD), ready -> ready);
    return container;
  }

  /** The files of a home by their names in it. */
  private Map<String, String> archive(ContainerSpec spec) throws IOException {
    HomeVolume home = spec.home().orElseThrow();
    Map<String, String> files = new TreeMap<>();
    try (var tar = new TarArchiveInputStream(runtime().archiveHome(home).orElseThrow())) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        assertThat(entry.getName()).doesNotStartWith("/");
        assertThat(entry.getLongUserId()).isEqualTo(1000);
        if (entry.isFile()) {
          files.put(
              Path.of(entry.getName()).normalize().toString(),
              new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return files;
  }

  private ContainerSpec upgraded(ContainerSpec spec) {
    return new ContainerSpec(
        spec.sessionId(),
        spec.generation(),
        spec.name(),
        spec.ownerId(),
        spec.type(),
        upgradedImage(),
        spec.hostPort(),
        spec.password());
  }

  private boolean isReady(DesktopProbe probe, Container container, String password) {
    Address address = container.address().orElse(new Address("127.0.0.1", PORT));
    try {
      return probe.isReady(type(), address, password);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether programs can stand still on it and keep their memory. */
  protected boolean canFreeze() {
    return true;
  }

  /** Says that a session wants this container, so that nobody takes it for an orphan. */
  protected void want(ContainerSpec spec) {}

  /** A container of a new session of a new person. */
  protected ContainerSpec spec(int port) {
    UUID id = UUID.randomUUID();
    ContainerSpec spec =
        new ContainerSpec(
            id,
            7,
            "kasm-contract-" + id.toString().substring(0, 6),
            OWNER,
            type(),
            type().image().name(),
            runtime().usesHostPorts() ? OptionalInt.of(port) : OptionalInt.empty(),
            PASSWORD);
    want(spec);
    return spec;
  }
}
