package io.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Keyboard;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Berth in a real cluster, as `k8s/` deploys it, used in a browser while pods go. */
@NeedsCluster
@ExtendWith(Suite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesIT {

  private static final String TYPE = "ubuntu-desktop";

  private KubernetesBerth berth;

  @BeforeAll
  void deploy() {
    berth = KubernetesBerth.start();
  }

  @AfterAll
  void takeDown() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  @Order(1)
  void aDesktopIsUsedAndOutlivesTheEdgeThatCarriedIt(Browser browser) {
    try (Person alice = Person.signedIn(berth, browser, "alice")) {
      alice.launch(TYPE);
      String session = alice.sessionId(TYPE);
      alice.open(TYPE);
      DesktopInTheBrowserIT.seesADesktop(alice, "kubernetes-desktop");
      type(alice, "echo typed-in-a-cluster > ~/proof");
      Eventually.that(
          "what alice typed has its effect in the pod",
          Duration.ofSeconds(30),
          () -> inside(session, "cat", "/home/kasm-user/proof").contains("typed-in-a-cluster"));

      kill(edgeWithTunnel());

      alice.page().reload();
      DesktopInTheBrowserIT.seesADesktop(alice, "kubernetes-desktop-after-an-edge-died");
      berth.awaitReady();
      alice.stop(TYPE);
      Eventually.that(
          "nothing of a stopped desktop is left but its home",
          Duration.ofSeconds(60),
          () ->
              berth
                      .client()
                      .services()
                      .inNamespace(KubernetesBerth.DESKTOPS)
                      .withLabel("berth.session", session)
                      .list()
                      .getItems()
                      .isEmpty()
                  && pods(session).isEmpty());
    }
  }

  @Test
  @Order(2)
  void aLaunchGoesOnWhenEverySessionServiceDies(Browser browser) {
    try (Person bob = Person.signedIn(berth, browser, "bob")) {
      bob.press(TYPE, "Launch");
      all("session").forEach(this::kill);
      berth.awaitReady();
      bob.awaitRunning(TYPE);
      String session = bob.sessionId(TYPE);
      assertThat(pods(session)).hasSize(1);
      bob.stop(TYPE);
    }
  }

  @Test
  @Order(3)
  void noRequestIsLostWhileTheEdgesAreReplaced() throws InterruptedException {
    List<String> lost = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    Thread asking = Thread.ofPlatform().start(() -> ask(done, lost));

    restart("proxy");
    berth.awaitReady();

    done.set(true);
    asking.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(lost).isEmpty();
  }

  /** Asks on a new connection each time, as new people do; slowly, or the edge's limits say 429. */
  private void ask(AtomicBoolean done, List<String> lost) {
    while (!done.get()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      try (HttpClient client =
          HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
        int status =
            client
                .send(
                    HttpRequest.newBuilder(URI.create(berth.url() + "/api/v1/me"))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                    BodyHandlers.discarding())
                .statusCode();
        if (status != 401) {
          lost.add("status " + status);
        }
      } catch (IOException e) {
        lost.add(String.valueOf(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void restart(String deployment) {
    var _ =
        berth
            .client()
            .apps()
            .deployments()
            .inNamespace(KubernetesBerth.SERVICES)
            .withName(deployment)
            .rolling()
            .restart();
  }

  /** As a node that loses its power: no signal, no drain. */
  private void kill(Pod pod) {
    var _ = berth.client().resource(pod).withGracePeriod(0).delete();
  }

  private List<Pod> all(String service) {
    return berth
        .client()
        .pods()
        .inNamespace(KubernetesBerth.SERVICES)
        .withLabel("app.kubernetes.io/name", "berth-" + service)
        .list()
        .getItems();
  }

  /** The edge that carries the one open WebSocket, as its metrics say. */
  private Pod edgeWithTunnel() {
    return all("proxy").stream()
        .filter(pod -> metrics(pod).contains("berth_proxy_tunnels 1.0"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no edge has a tunnel"));
  }

  private static String metrics(Pod pod) {
    URI address = URI.create("http://" + pod.getStatus().getPodIP() + ":9006/q/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<Pod> pods(String session) {
    return berth
        .client()
        .pods()
        .inNamespace(KubernetesBerth.DESKTOPS)
        .withLabel("berth.session", session)
        .list()
        .getItems();
  }

  private static String inside(String session, String... command) {
    List<String> words =
        new ArrayList<>(
            List.of("kubectl", "exec", "-n", KubernetesBerth.DESKTOPS, "desktop-" + session, "--"));
    words.addAll(List.of(command));
    return Command.run(Duration.ofSeconds(20), words).output();
  }

  private static void type(Person person, String command) {
    person.page().locator("canvas").first().click();
    person.page().keyboard().type(command, new Keyboard.TypeOptions().setDelay(20));
    person.page().keyboard().press("Enter");
  }
}
