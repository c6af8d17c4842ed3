package io.berth.auth.provider;

import io.berth.auth.person.ProvenPerson;
import io.quarkus.oidc.UserInfo;
import io.quarkus.security.identity.SecurityIdentity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Reads a provider's claims: from the id token, and where it lacks one from UserInfo ({@code
 * quarkus.oidc.authentication.user-info-required}).
 */
final class Claims {

  private static final Logger LOG = Logger.getLogger(Claims.class);
  private static final int MOST_GROUPS = 50;
  private static final int LONGEST_GROUP = 100;

  /** Bytes; browsers and servers take cookies of 4 KB, and the token has more to say. */
  private static final int ROOM_FOR_GROUPS = 1_500;

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

  /**
   * The groups whose names match, in the order of the alphabet, as many as a token has room for.
   */
  Set<String> groups(Pattern pattern) {
    List<String> names =
        identity.getRoles().stream()
            .map(name -> name.startsWith("/") ? name.substring(1) : name)
            .filter(name -> !name.isBlank() && name.length() <= LONGEST_GROUP)
            .filter(pattern.asMatchPredicate())
            .distinct()
            .sorted()
            .toList();
    Set<String> groups = new LinkedHashSet<>();
    int room = ROOM_FOR_GROUPS;
    for (String name : names) {
      room -= name.getBytes(StandardCharsets.UTF_8).length;
      if (groups.size() < MOST_GROUPS && room >= 0) {
        groups.add(name);
      }
    }
    if (groups.size() < names.size()) {
      LOG.warnf(
          "user=%s is in %d groups, and a login token has room for %d; next step: set"
              + " berth.auth.group-pattern to those that desktop types and quotas name",
          idToken.getSubject(), names.size(), groups.size());
    }
    return groups;
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
