package io.berth.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesktopLogTest {

  private static final String SESSION = "eee2f743-e400-4022-87f7-e462b6af50c1";

  @TempDir private Path folder;
  private Path proxy;
  private Path session;

  @BeforeEach
  void write() throws IOException {
    proxy = folder.resolve("proxy-service.log");
    session = folder.resolve("session-service.log");
    Files.writeString(
        session,
        """
        2026-01-31 12:00:00,100 INFO  [io.berth.session.lifecycle] (x) sessionId=%1$s route=alice-vscode user=a status=requested
        2026-01-31 12:00:00,150 INFO  [io.berth.session.lifecycle] (x) sessionId=0f0f0f0f-e400-4022-87f7-e462b6af50c1 route=alice-vscode-two status=requested
        2026-01-31 12:00:02,000 WARN  [io.berth.session.container] (x) sessionId=%1$s containerId=abc its image is old
        """
            .formatted(SESSION));
    Files.writeString(
        proxy,
        """
        2026-01-31 12:00:01,000 INFO  [io.berth.access] (access-log) user=alice route=alice-vscode path=/ status=200
        2026-01-31 12:00:01,500 INFO  [io.berth.access] (access-log) user=bob route=bob-vscode path=/ status=200
        2026-01-31 12:00:03,000 INFO  [io.berth.access] (access-log) user=bob route=- path=/desktop/alice-vscode/ status=404
        """);
  }

  @Test
  void linesOfOneDesktopComeFromAllPartsInTheOrderOfTheirTimes() throws IOException {
    List<String> lines = new DesktopLog(List.of(proxy, session), "alice-vscode").last(100);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("session-service").contains("status=requested");
    assertThat(lines.get(1)).startsWith("proxy-service").contains("user=alice");
    assertThat(lines.get(2)).contains("its image is old");
    assertThat(lines.get(3)).contains("status=404");
  }

  @Test
  void aLineThatIsWrittenInTwoPiecesIsShownOnce() throws IOException {
    DesktopLog log = new DesktopLog(List.of(session), "bob-vscode");
    assertThat(log.last(10)).isEmpty();
    append("2026-01-31 12:00:04,000 INFO  [x] (y) route=bob");
    assertThat(log.last(10)).isEmpty();
    append("-vscode status=running\n");
    assertThat(log.last(10)).singleElement().asString().contains("route=bob-vscode status=running");
  }

  @Test
  void jsonLinesAreReadToo() throws IOException {
    append("{\"timestamp\":\"2026-01-31\",\"mdc\":{\"route\":\"carol-vscode\"}}\n");
    assertThat(new DesktopLog(List.of(session), "carol-vscode").last(10)).hasSize(1);
  }

  private void append(String text) throws IOException {
    Files.writeString(session, text, StandardOpenOption.APPEND);
  }
}
