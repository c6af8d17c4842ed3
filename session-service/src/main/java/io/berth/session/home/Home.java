package io.berth.session.home;

import io.berth.common.ProxyPath;
import io.berth.session.container.HomeVolume;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A person's home, as its row says.
 *
 * @param ownerSlug the person's name in addresses
 * @param lastUsedAt when a desktop mounted it last, or let go of it
 * @param uses the live sessions that have it
 */
public record Home(
    HomeVolume volume, String ownerSlug, Instant createdAt, Instant lastUsedAt, List<Use> uses) {

  public Home {
    uses = List.copyOf(uses);
  }

  /** A live session that has a home. */
  public record Use(UUID sessionId, ProxyPath path) {}

  /** Which of its owner's homes it is. */
  public String name() {
    return volume.home();
  }
}
