package io.berth.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

  private static final Manifest WRITTEN =
      new Manifest("suite", "berth-abc", Map.of("postgres", "17.11.0"));

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void aBackupWithAHome() throws IOException {
    Files.createDirectories(folder.resolve("homes"));
    Files.writeString(folder.resolve("homes/alice.tar"), "alice's files");
    WRITTEN.write(folder);
  }

  @Test
  void saysWhatWasWritten() throws IOException {
    assertThat(Manifest.read(folder)).isEqualTo(WRITTEN);
  }

  @Test
  void seesAFileThatIsAnother() throws IOException {
    Files.writeString(folder.resolve("homes/alice.tar"), "alice's fileS");

    assertThatThrownBy(() -> Manifest.read(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void seesAFileThatIsMissing() throws IOException {
    Files.delete(folder.resolve("homes/alice.tar"));

    assertThatThrownBy(() -> Manifest.read(folder)).isInstanceOf(Failure.class);
  }

  @Test
  void seesAFileThatNobodyPacked() throws IOException {
    Files.writeString(folder.resolve("homes/eve.tar"), "not of the backup");

    assertThatThrownBy(() -> Manifest.read(folder)).isInstanceOf(Failure.class);
  }
}
