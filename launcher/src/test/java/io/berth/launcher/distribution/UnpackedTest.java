package io.berth.launcher.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {

  @TempDir private Path folder;

  @Test
  void fillsAFolderOnce() {
    AtomicInteger fillings = new AtomicInteger();
    Path target = folder.resolve("server");
    for (int i = 0; i < 3; i++) {
      Unpacked.once(target, _ -> fillings.incrementAndGet());
    }

    assertThat(fillings).hasValue(1);
    assertThat(target).isDirectory();
  }

  @Test
  void leavesNoHalfFilledFolderBehindAFailure() {
    Path target = folder.resolve("server");
    assertThatThrownBy(() ->
            Unpacked.once(
                target,
                partial -> {
                  Files.writeString(partial.resolve("half"), "");
                  throw new IOException("no space left");
                }))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no space left");
    assertThat(target).doesNotExist();

    Unpacked.once(target, partial -> Files.writeString(partial.resolve("whole"), ""));

    assertThat(target.resolve("half")).doesNotExist();
    assertThat(target.resolve("whole")).exists();
  }

  @Test
  void removesLinksWithoutFollowingThem() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.writeString(kept.resolve("file"), "");
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.createSymbolicLink(target.resolve("link"), kept);

    Unpacked.delete(target);

    assertThat(target).doesNotExist();
    assertThat(kept.resolve("file")).exists();
  }
}
