package io.berth.session.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads the end of a container's log. */
final class LastLines {

  private static final int SECONDS = 5;
  private static final int MAX_CHARACTERS = 16_384;

  private LastLines() {}

  static List<String> of(Engine engine, String containerId, int lines) {
    StringBuilder text = new StringBuilder();
    ResultCallback.Adapter<Frame> collect =
        new ResultCallback.Adapter<>() {
          @Override
          public void onNext(Frame frame) {
            synchronized (text) {
              if (text.length() < MAX_CHARACTERS) {
                text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
              }
            }
          }
        };
    try (collect) {
      engine
          .call(client ->
              client
                  .logContainerCmd(containerId)
                  .withStdOut(true)
                  .withStdErr(true)
                  .withTail(lines)
                  .exec(collect))
          .awaitCompletion(SECONDS, TimeUnit.SECONDS);
    } catch (DockerException e) {
      return List.of(); // the container is gone, or its log can't be read
    } catch (IOException e) {
      throw engine.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (text) {
      return text.toString().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }
}
