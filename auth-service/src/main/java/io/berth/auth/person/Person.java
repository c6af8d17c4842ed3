package io.berth.auth.person;

import io.berth.common.LoginClaims;
import io.berth.common.Slug;
import java.util.Set;
import java.util.UUID;

/**
 * Someone who has signed in before.
 *
 * @param id ours, the subject of login tokens
 * @param slug the person's name in addresses; stays, whatever the provider renames
 * @param admin whether the person may administer, as of the last sign-in
 */
public record Person(UUID id, Slug slug, boolean admin) {

  /** The roles that the person's login tokens carry. */
  public Set<String> roles() {
    return admin ? Set.of(LoginClaims.USER, LoginClaims.ADMIN) : Set.of(LoginClaims.USER);
  }
}
