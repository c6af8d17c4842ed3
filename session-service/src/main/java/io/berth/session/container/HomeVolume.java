package io.berth.session.container;

import io.berth.common.DesktopTypeName;
import java.util.UUID;

/**
 * What keeps a person's home, whether it exists or not.
 *
 * @param ownerId the person, a UUID
 * @param home which of the person's homes: a desktop type's name, or the name that types share
 */
public record HomeVolume(String ownerId, String home) {

  /** Both become part of names in the runtime and in archives: nothing but these letters. */
  public HomeVolume {
    if (!UUID.fromString(ownerId).toString().equals(ownerId)
        || !DesktopTypeName.isCanonical(home)) {
      throw new IllegalArgumentException("no home's name: %s of %s".formatted(home, ownerId));
    }
  }
}
