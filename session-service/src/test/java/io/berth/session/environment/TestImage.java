package io.berth.session.environment;

import com.github.dockerjava.api.DockerClient;
import io.berth.launcher.image.JdkImage;

/** The image of {@link TestDesktop}, so that the tests need no registry. */
final class TestImage {

  private TestImage() {}

  /** The image's name; it is on the engine when this returns. */
  static String make(DockerClient docker) {
    return new JdkImage("berth-test/desktop", TestDesktop.class).make(docker);
  }
}
