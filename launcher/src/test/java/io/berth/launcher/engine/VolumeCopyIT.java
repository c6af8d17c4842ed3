package io.berth.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** On the real engine, which must have an image. */
@EnabledIfEnvironmentVariable(named = "BERTH_TEST_COMPOSE", matches = "true")
class VolumeCopyIT {

  private static final String INSTANCE = "copy-" + UUID.randomUUID().toString().substring(0, 8);
  private static final String VOLUME = "berth-" + INSTANCE + "-home";

  @TempDir Path folder = Path.of("");

  @Test
  void aHomeComesBackWithItsOwnerAndWhatIsInIt() throws IOException {
    Path archive = folder.resolve("home.tar");
    pack(archive);
    try (Engine engine =
        new Engine(
            Objects.requireNonNullElse(
                System.getenv("DOCKER_HOST"), "unix:///var/run/docker.sock"))) {
      try {
        engine.writeVolume(VOLUME, Map.of(Engine.INSTANCE_LABEL, INSTANCE), archive);
        engine.readVolume(VOLUME, folder.resolve("again.tar"));

        assertThat(engine.volumes(INSTANCE)).containsOnlyKeys(VOLUME);
        assertThat(owners(folder.resolve("again.tar")))
            .isEqualTo(Map.of("berth-volume/", 1000L, "berth-volume/mine", 1000L));
      } finally {
        engine.purge(INSTANCE);
      }
    }
  }

  private static void pack(Path archive) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry home = new TarArchiveEntry("berth-volume/");
      home.setIds(1000, 1000);
      tar.putArchiveEntry(home);
      tar.closeArchiveEntry();
      byte[] mine = "mine".getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry file = new TarArchiveEntry("berth-volume/mine");
      file.setIds(1000, 1000);
      file.setSize(mine.length);
      tar.putArchiveEntry(file);
      tar.write(mine);
      tar.closeArchiveEntry();
    }
  }

  private static Map<String, Long> owners(Path archive) throws IOException {
    Map<String, Long> owners = new TreeMap<>();
    try (InputStream bytes = Files.newInputStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        owners.put(entry.getName(), entry.getLongUserId());
      }
    }
    return owners;
  }
}
