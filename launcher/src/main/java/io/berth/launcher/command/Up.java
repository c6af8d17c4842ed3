package io.berth.launcher.command;

import io.berth.launcher.console.Failure;
import io.berth.launcher.console.Steps;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.engine.FindEngine;
import io.berth.launcher.firewall.Firewall;
import io.berth.launcher.image.DesktopImage;
import io.berth.launcher.image.ProvideImage;
import io.berth.launcher.installation.Installation;
import io.berth.launcher.keycloak.KeycloakServer;
import io.berth.launcher.process.Detached;
import io.berth.launcher.process.PidFile;
import io.berth.launcher.process.Readiness;
import io.berth.launcher.suite.Build;
import io.berth.launcher.suite.Part;
import io.berth.launcher.suite.Parts;
import io.berth.launcher.suite.Rehearsal;
import io.berth.launcher.suite.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts what does not run yet, and ends with the address and how to sign in. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Start everything: PostgreSQL, Keycloak, the services, the desktops' engine.")
final class Up implements Runnable {

  /** The desktop type whose image a first start waits for. */
  private static final String FIRST_TYPE = "ubuntu-desktop";

  static final String IMAGES = "images";
  static final String REHEARSAL = "rehearsal";

  private static final String OPEN =
      "  ! Desktops reach what this machine serves on all addresses: ";

  /** How long a part that runs and isn't ready is left alone before it is started anew. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Mixin private Target target = new Target();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The one port that people reach (default: the one it had, or 5006).")
  private @Nullable Integer port;

  private final Deque<Runnable> undo = new ConcurrentLinkedDeque<>();

  @Override
  public void run() {
    Installation installation = target.installation(Optional.ofNullable(port));
    CompletableFuture<Engine> engine = new CompletableFuture<>();
    Parts parts = new Parts(installation, () -> engine.join().address());
    boolean ran = parts.all().stream().allMatch(part -> part.process().isPresent());
    Checks.beforeStart(installation, parts);
    installation.remember();
    Thread interrupted = Thread.ofPlatform().unstarted(this::undo);
    Runtime.getRuntime().addShutdownHook(interrupted);
    try (Steps steps = Steps.onStandardOutput()) {
      start(installation, parts, engine, steps);
    } catch (RuntimeException e) {
      undo();
      throw e;
    } finally {
      forget(interrupted);
    }
    try (Engine found = engine.join()) {
      buildOtherImages(installation, found);
    }
    rehearse(installation);
    say(installation, ran);
  }

  private void start(
      Installation installation, Parts parts, CompletableFuture<Engine> engine, Steps steps) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var image =
          CompletableFuture.runAsync(() -> provideEngine(installation, engine, steps), threads)
              .thenRunAsync(() -> provideImage(installation, engine.join(), steps), threads);
      var built = CompletableFuture.runAsync(() -> build(installation, parts, steps), threads);
      var unpacked =
          CompletableFuture.runAsync(
              () -> KeycloakServer.prepare(installation.checkout()), threads);
      var database = CompletableFuture.runAsync(() -> startPart(parts.database(), steps), threads);
      var provider =
          afterBoth(database, unpacked, () -> startPart(parts.identityProvider(), steps), threads);
      List<CompletableFuture<?>> all = new ArrayList<>(List.of(image, built, provider));
      for (Part service : parts.services()) {
        all.add(afterBoth(database, built, () -> startPart(service, steps), threads));
      }
      join(all, threads);
    }
  }

  private static CompletableFuture<Void> afterBoth(
      CompletableFuture<Void> one, CompletableFuture<Void> other, Runnable work, Executor threads) {
    return one.runAfterBothAsync(other, work, threads);
  }

  private void provideEngine(
      Installation installation, CompletableFuture<Engine> engine, Steps steps) {
    FindEngine find = new FindEngine(installation);
    if (!find.ownRuns()) {
      undo.push(find::stopOwn);
    }
    try {
      Engine provided = find.provide(steps);
      closeToDesktops(installation, steps);
      engine.complete(provided);
    } catch (RuntimeException e) {
      // Whoever waits for its address must hear of it too.
      engine.completeExceptionally(e);
      throw e;
    }
  }

  private static void closeToDesktops(Installation installation, Steps steps) {
    switch (Walls.of(installation).close()) {
      case Firewall.Closed() -> {}
      case Firewall.Open() ->
          steps.say(OPEN + "iptables did not take the rules (./berth firewall --print).");
      case Firewall.Unknown(String reason) -> steps.say(OPEN + reason + " (./berth firewall).");
    }
  }

  private static void provideImage(Installation installation, Engine engine, Steps steps) {
    DesktopImage image = DesktopImage.ofType(installation.checkout(), FIRST_TYPE);
    if (image.present(engine).isEmpty()) {
      steps.run(
          "image of " + FIRST_TYPE,
          detail -> new ProvideImage(installation, engine).provide(image, detail));
    }
  }

  /** Packages what changed; a running service that changed is started anew afterwards. */
  private static void build(Installation installation, Parts parts, Steps steps) {
    Build build = new Build(installation.checkout());
    List<ServiceName> stale = build.stale();
    if (!stale.isEmpty()) {
      steps.run(
          "services are built",
          detail -> {
            build.run(stale, detail);
            stale.forEach(service -> parts.service(service).stop());
            return true;
          });
    }
  }

  private void startPart(Part part, Steps steps) {
    Optional<ProcessHandle> running = part.process();
    if (running.isPresent() && part.health() instanceof Readiness.Answer.Ready) {
      return;
    }
    if (running.isEmpty()) {
      undo.push(part::stop);
    }
    steps.run(
        part.name(),
        _ -> {
          if (running.isEmpty() || !comesRound(part, running.get())) {
            part.stop();
            part.start();
          }
          return true;
        });
  }

  /** Whether a part that runs but isn't ready becomes so by itself: it may still be starting. */
  private static boolean comesRound(Part part, ProcessHandle process) {
    return Readiness.await(part::health, process, PATIENCE) instanceof Readiness.Answer.Ready;
  }

  /** Makes the other images while people already work; session-service shows how far it is. */
  private static void buildOtherImages(Installation installation, Engine engine) {
    PidFile pidFile = new PidFile(installation.pidFile(IMAGES));
    List<DesktopImage> missing =
        DesktopImage.inCatalogue(installation.checkout()).stream()
            .filter(image -> image.present(engine).isEmpty())
            .toList();
    if (missing.isEmpty() || pidFile.running().isPresent()) {
      return;
    }
    List<String> words =
        List.of(
            installation.checkout().file("berth").toString(),
            "images",
            "provide",
            "--state",
            installation.state().toString());
    pidFile.keep(
        new Detached(words, Map.of(), installation.checkout().root(), installation.log(IMAGES))
            .start());
    System.out.printf(
        "  … images of %s are made in the background%n",
        String.join(", ", missing.stream().map(DesktopImage::type).toList()));
  }

  /** The edge's next start is to be a fast one; people already work with this one. */
  private static void rehearse(Installation installation) {
    PidFile pidFile = new PidFile(installation.pidFile(REHEARSAL));
    Rehearsal rehearsal =
        new Rehearsal(installation.checkout().file("proxy-service/target/quarkus-app"));
    if (!rehearsal.isDue() || pidFile.running().isPresent()) {
      return;
    }
    List<String> words = new ArrayList<>(List.of("nice", "-n", "19"));
    var command = rehearsal.command();
    words.addAll(command.words());
    pidFile.keep(
        new Detached(
                words,
                command.environment(),
                installation.checkout().root(),
                installation.log(REHEARSAL))
            .start());
  }

  /** Waits for all; the first failure ends what else is under way. */
  private static void join(List<CompletableFuture<?>> all, ExecutorService threads) {
    var first = new CompletableFuture<Void>();
    for (CompletableFuture<?> one : all) {
      var _ =
          one.exceptionally(e -> {
            first.completeExceptionally(e);
            threads.shutdownNow();
            return null;
          });
    }
    try {
      CompletableFuture.anyOf(first, CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw e;
    }
  }

  private synchronized void undo() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already ending, by Ctrl-C: the hook does its work.
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Installation installation, boolean ran) {
    System.out.printf(
        "%n%s: %s%n%nSign in as%n",
        ran ? "Berth was already running" : "Berth is running", installation.publicUrl());
    installation
        .secrets()
        .passwordsOfPeople()
        .forEach((person, password) -> System.out.printf("  %-8s %s%n", person, password));
    System.out.printf(
        "%nLogs: %s   State: ./berth status   End: ./berth down%n",
        installation.state().resolve("logs"));
  }
}
