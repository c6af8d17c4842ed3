package io.berth.proxy.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.berth.proxy.http.ExchangeFacts;
import io.berth.proxy.measure.EdgeMetrics;
import io.berth.proxy.route.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AccessLogTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final EdgeMetrics metrics = new EdgeMetrics(registry);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void tellsWhoWhichDesktopTargetStatusBytesAndDuration() {
    try (AccessLog log = new AccessLog(metrics, written)) {
      log.add(facts("/desktop/alice-ubuntu-vscode/x", Duration.ofMillis(1_234)));
    }

    String line = lines().getFirst();
    assertTrue(line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} INFO  .*"), line);
    assertTrue(
        line.endsWith(
            "[io.berth.access] (access-log) user=alice kind=desktop route=alice-ubuntu-vscode"
                + " target=127.0.0.1:7001 method=GET path=/desktop/alice-ubuntu-vscode/x status=200"
                + " bytes=2048 duration=1.2340 client=127.0.0.1 cause=-"),
        line);
  }

  @Test
  void nothingThatIsAddedBeforeItClosesIsLost() {
    int many = 5_000;
    try (AccessLog log = new AccessLog(metrics, written)) {
      for (int i = 0; i < many; i++) {
        log.add(facts("/" + i, Duration.ofNanos(i)));
      }
    }

    List<String> lines = lines();
    assertEquals(many, lines.size());
    for (int i = 0; i < many; i++) {
      assertTrue(lines.get(i).contains(" path=/" + i + " "), lines.get(i));
    }
  }

  @Test
  void noValueCanForgeALineOrCarryATerminalCode() {
    try (AccessLog log = new AccessLog(metrics, written)) {
      log.add(facts("/a\nuser=root \u001b[31m\u00e9", Duration.ZERO));
    }

    assertEquals(1, lines().size());
    assertTrue(lines().getFirst().contains(" path=/a?user=root??[31m? "), lines().getFirst());
  }

  @Test
  void aPathOfAnyLengthIsCutAndTheNextLineIsWhole() {
    try (AccessLog log = new AccessLog(metrics, written)) {
      for (int i = 0; i < 40; i++) {
        log.add(facts("/" + "x".repeat(70_000), Duration.ZERO));
      }
      log.add(facts("/last", Duration.ZERO));
    }

    assertEquals(41, lines().size());
    assertTrue(lines().getLast().contains(" path=/last status=200"), lines().getLast());
  }

  @Test
  void aConsoleThatStandsStillCostsLinesAndNotRequests() throws InterruptedException {
    CountDownLatch still = new CountDownLatch(1);
    OutputStream console =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            try {
              still.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try (AccessLog log = new AccessLog(metrics, console)) {
      for (int i = 0; i < 100_000; i++) {
        log.add(facts("/", Duration.ZERO));
      }
      still.countDown();
    }

    double leftOut =
        registry.get("berth.proxy.failures").tag("cause", "access-log-full").counter().count();
    assertTrue(leftOut > 0, "left out: " + leftOut);
    long counted = registry.get("berth.proxy.request").tag("status", "2xx").timer().count();
    assertEquals(100_000, counted);
  }

  private static ExchangeFacts facts(String path, Duration took) {
    return new ExchangeFacts(
        "GET",
        path,
        "desktop",
        "alice",
        "alice-ubuntu-vscode",
        new Route.Address("127.0.0.1", 7001, true, false),
        "127.0.0.1",
        200,
        2048,
        took.toNanos(),
        System.nanoTime(),
        "-");
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.US_ASCII).lines().toList();
  }
}
