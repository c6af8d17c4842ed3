package io.berth.session.lifecycle;

import io.berth.common.Slug;
import java.util.Set;

/**
 * The person whose session it is.
 *
 * @param id {@code sub} of their tokens, a UUID
 * @param slug their name in addresses
 * @param groups their groups at the identity provider
 */
public record Owner(String id, Slug slug, Set<String> groups) {

  public Owner {
    groups = Set.copyOf(groups);
  }

  /** Somebody in no group. */
  public Owner(String id, Slug slug) {
    this(id, slug, Set.of());
  }
}
