package io.berth.session.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import io.berth.session.container.ContainerRuntime.PullWatch;
import io.berth.session.container.ImageUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pulls an image, layer by layer, within bounds, for as long as it is wanted. */
@ApplicationScoped
class ImagePull {

  private static final int LOOK_MILLIS = 250;

  private final Engine engine;
  private final Duration timeout;
  private final Duration stall;

  ImagePull(Engine engine, DockerConfig config) {
    this.engine = engine;
    this.timeout = config.pullTimeout();
    this.stall = config.pullStall();
  }

  /** See {@link io.berth.session.container.ContainerRuntime#pull}. */
  void run(String image, PullWatch watch) {
    Layers layers = new Layers();
    try (Download download = new Download(layers)) {
      engine.stream(client -> client.pullImageCmd(image).exec(download));
      long end = System.nanoTime() + timeout.toNanos();
      while (!download.awaitCompletion(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!watch.goOn()) {
          return;
        }
        watch.progress(layers.percent());
        if (System.nanoTime() > end) {
          throw failed(image, "it took longer than " + timeout.toMinutes() + " min", null);
        }
        if (layers.nanosSinceNews() > stall.toNanos()) {
          throw failed(image, "nothing arrived for " + stall.toSeconds() + " s", null);
        }
      }
      if (layers.error() != null) {
        throw failed(image, layers.error(), null);
      }
      // Podman says that it was done also when it was not.
      engine.call(client -> client.inspectImageCmd(image).exec());
    } catch (DockerException e) {
      throw failed(image, Objects.requireNonNullElse(e.getMessage(), "no reason given"), e);
    } catch (IOException e) {
      throw engine.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(image, "this service stops", e);
    } catch (ImageUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      if (Engine.isOutage(e)) {
        throw engine.unavailable(e);
      }
      throw failed(image, Objects.requireNonNullElse(e.getMessage(), "no reason given"), e);
    }
  }

  private static ImageUnavailable failed(String image, String reason, @Nullable Throwable cause) {
    return new ImageUnavailable(
        "The image %s can't be pulled (%s).".formatted(image, reason.strip()), cause);
  }

  /** Counts what arrives; closing it ends the pull. */
  private static final class Download extends ResultCallback.Adapter<PullResponseItem> {

    private final Layers layers;

    Download(Layers layers) {
      this.layers = layers;
    }

    @Override
    public void onNext(PullResponseItem item) {
      layers.heard(item);
    }
  }
}
