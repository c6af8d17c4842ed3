package io.berth.session.container;

import io.berth.session.catalogue.DesktopType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The container that a session needs.
 *
 * @param name {@code kasm-alice-ubuntu-vscode-abc123}, unique
 * @param ownerId the person whose home it mounts
 * @param image the image to run, the type's or its stand-in's
 * @param hostPort where the host's loopback leads to it, on runtimes that use host ports
 * @param password of the desktop's Basic authentication
 */
public record ContainerSpec(
    UUID sessionId,
    long generation,
    String name,
    String ownerId,
    DesktopType type,
    String image,
    OptionalInt hostPort,
    String password) {

  /** The home that it mounts, nothing if its type keeps none. */
  public Optional<HomeVolume> home() {
    return type.home().map(home -> new HomeVolume(ownerId, home.name()));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ContainerSpec[%s, %s, %s, %s]".formatted(sessionId, name, image, hostPort);
  }
}
