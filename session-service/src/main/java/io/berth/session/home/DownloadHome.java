package io.berth.session.home;

import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.HomeNotPacked;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Packs a person's home for download, a bounded number at a time. */
@ApplicationScoped
public class DownloadHome {

  /** What a person gets. */
  public sealed interface Result {}

  /** The home as a tar, packed while it is read; to be closed. */
  public record Tar(Home home, InputStream content) implements Result {}

  /** Nothing was ever in it, or it was reset. */
  public record Empty() implements Result {}

  /** The person has no such home, whoever else may have it. */
  public record Unknown() implements Result {}

  /** As many homes are being downloaded as may be. */
  public record Busy() implements Result {}

  /** This kind of runtime can't pack homes. */
  public record Impossible() implements Result {}

  private final Homes homes;
  private final ContainerRuntime runtime;
  private final Semaphore places;

  DownloadHome(Homes homes, ContainerRuntime runtime, HomesConfig config) {
    this.homes = homes;
    this.runtime = runtime;
    this.places = new Semaphore(config.downloads());
  }

  /** Opens a download; also of a home in use, whose files then are as they are at that moment. */
  public Result open(String ownerId, String name) {
    Optional<Home> home = homes.find(ownerId, name);
    if (home.isEmpty()) {
      return new Unknown();
    }
    if (!places.tryAcquire()) {
      return new Busy();
    }
    boolean open = false;
    try {
      Optional<InputStream> tar = runtime.archiveHome(home.get().volume());
      open = tar.isPresent();
      return open ? new Tar(home.get(), new Place(tar.get())) : new Empty();
    } catch (HomeNotPacked e) {
      return new Impossible();
    } finally {
      if (!open) {
        places.release();
      }
    }
  }

  /** Gives its place back when it is closed. */
  private final class Place extends FilterInputStream {

    private final AtomicBoolean held = new AtomicBoolean(true);

    private Place(InputStream content) {
      super(content);
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        if (held.getAndSet(false)) {
          places.release();
        }
      }
    }
  }
}
