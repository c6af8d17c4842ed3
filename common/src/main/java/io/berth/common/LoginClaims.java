package io.berth.common;

import java.time.Instant;
import java.util.Set;

/**
 * What a login token says of the browser that carries it.
 *
 * @param subject the person's id in auth-service, a UUID
 * @param slug the person's name in addresses
 * @param roles {@code user}, and {@code admin} for administrators
 * @param loginId the login ({@code sid}): what logout and revocation name
 * @param expiresAt when the login ends by itself
 */
public record LoginClaims(
    String subject, Slug slug, Set<String> roles, String loginId, Instant expiresAt) {

  /** Audience of every login token. */
  public static final String AUDIENCE = "berth";

  /** Audience of a token that opens one desktop at its own origin, and nothing else. */
  public static final String DESKTOP_AUDIENCE = "berth-desktop";

  /** Claim with the path of the desktop that such a token opens. */
  public static final String DESKTOP = "desktop";

  /** Claim with the person's slug. */
  public static final String SLUG = "slug";

  /** Claim with the roles, also MicroProfile JWT's and Quarkus' name for them. */
  public static final String ROLES = "groups";

  /**
   * Claim with the person's groups at the identity provider: what is open to them. Not {@link
   * #ROLES}, so that no group's name makes an administrator.
   */
  public static final String MEMBER_OF = "member_of";

  /** Claim with the id of the login. */
  public static final String LOGIN_ID = "sid";

  /** Role of everyone who is signed in. */
  public static final String USER = "user";

  /** Role of an administrator. */
  public static final String ADMIN = "admin";

  public LoginClaims {
    roles = Set.copyOf(roles);
  }
}
