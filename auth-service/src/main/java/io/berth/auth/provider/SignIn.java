package io.berth.auth.provider;

import io.berth.auth.person.ProvenPerson;
import org.jspecify.annotations.Nullable;

/**
 * A finished code flow.
 *
 * @param person who it was
 * @param idToken the provider's id token, for its logout
 * @param providerSession the provider's own session ({@code sid}), if it names one
 * @param query the query with which the sign-in was started
 */
public record SignIn(
    ProvenPerson person, String idToken, @Nullable String providerSession, @Nullable String query) {

  /** Without the token. */
  @Override
  public String toString() {
    return "SignIn[" + person + "]";
  }
}
