package io.berth.guard.call;

/** A call that session-service makes; there are no others. */
public sealed interface Call {

  /** Whether the engine answers, which it is, and what its host has. */
  record Ask(String path) implements Call {}

  /** Looks at an image. */
  record InspectImage(String image) implements Call {}

  /** Pulls an image, told as it goes. */
  record PullImage(String image, String tag) implements Call {}

  /** Lists containers; {@code filters} as sent. */
  record ListContainers(boolean all, String filters) implements Call {}

  /** Makes a container. */
  record CreateContainer(String name) implements Call {}

  /**
   * Does something with one container.
   *
   * @param action {@code start}, {@code logs}, {@code json}, or empty for its removal
   * @param query what may be said of it, as sent
   */
  record OfContainer(String method, String id, String action, String query) implements Call {}

  /** Makes a volume. */
  record CreateVolume() implements Call {}

  /** Lists volumes; {@code filters} as sent. */
  record ListVolumes(String filters) implements Call {}

  /** Looks at a volume, or removes it. */
  record OfVolume(String method, String name) implements Call {}

  /** Makes a network. */
  record CreateNetwork() implements Call {}

  /** Looks at a network. */
  record InspectNetwork(String name) implements Call {}

  /** Follows what happens; {@code filters} as sent. */
  record Events(String filters) implements Call {}
}
