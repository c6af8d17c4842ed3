package io.berth.auth.provider;

import io.berth.auth.person.ProvenPerson;
import io.quarkus.oidc.UserInfo;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Reads a provider's claims: from the id token, and where it lacks one from UserInfo ({@code
 * quarkus.oidc.authentication.user-info-required}).
 */
final class Claims {

  private final SecurityIdentity identity;
  private final JsonWebToken idToken;

  Claims(SecurityIdentity identity) {
    this.identity = identity;
    this.idToken = (JsonWebToken) identity.getPrincipal();
  }

  ProvenPerson person(String adminGroup) {
    String userName = first("preferred_username", "upn", "nickname", "name").orElse("user");
    return new ProvenPerson(
        idToken.getIssuer(),
        idToken.getSubject(),
        userName,
        first("name").orElse(userName),
        first("email").orElse(null),
        isIn(adminGroup));
  }

  Optional<String> providerSession() {
    return first("sid");
  }

  /** Keycloak names a group by its path, {@code /berth-admins}, unless told otherwise. */
  private boolean isIn(String group) {
    return List.of(group, "/" + group).stream().anyMatch(identity.getRoles()::contains);
  }

  private Optional<String> first(String... names) {
    return Stream.of(names).flatMap(name -> claim(name).stream()).findFirst();
  }

  private Optional<String> claim(String name) {
    if (idToken.getClaim(name) instanceof String value && !value.isBlank()) {
      return Optional.of(value);
    }
    return identity.getAttribute("userinfo") instanceof UserInfo info
        ? Optional.ofNullable(info.getString(name)).filter(value -> !value.isBlank())
        : Optional.empty();
  }
}
