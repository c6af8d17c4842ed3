package io.berth.session.container.docker;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image with nothing in it, for containers that never run. */
final class EmptyImage {

  static final String NAME = "berth/empty:2";

  private static final byte[] RECIPE =
      "FROM scratch\nCMD [\"/never-run\"]\n".getBytes(StandardCharsets.UTF_8);
  private static final int SECONDS = 30;

  private EmptyImage() {}

  /**
   * Makes it and returns its name. Built, since docker-java's import sends JSON for a tar
   * (docker-java#2377).
   */
  static String make(Engine engine) {
    try (BuildImageResultCallback built = new BuildImageResultCallback()) {
      engine
          .call(client ->
              client
                  .buildImageCmd(new ByteArrayInputStream(context()))
                  .withTags(Set.of(NAME))
                  .exec(built))
          .awaitImageId(SECONDS, TimeUnit.SECONDS);
      return NAME;
    } catch (IOException e) {
      throw engine.unavailable(e);
    }
  }

  private static byte[] context() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry recipe = new TarArchiveEntry("Dockerfile");
      recipe.setSize(RECIPE.length);
      tar.putArchiveEntry(recipe);
      tar.write(RECIPE);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
