package io.berth.auth.provider;

import io.berth.auth.person.ProvenPerson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finished code flow.
 *
 * @param person who it was
 * @param groups the person's groups there that login tokens name
 * @param idToken the provider's id token, for its logout
 * @param providerSession the provider's own session ({@code sid}), if it names one
 * @param query the query with which the sign-in was started
 */
public record SignIn(
    ProvenPerson person,
    Set<String> groups,
    String idToken,
    @Nullable String providerSession,
    @Nullable String query) {

  public SignIn {
    groups = Set.copyOf(groups);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "SignIn[" + person + "]";
  }
}
