package io.berth.session.identity;

import io.berth.common.LoginClaims;
import io.berth.common.Slug;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who makes a request.
 *
 * <p>A login token names a person. An access token of the identity provider names a machine, which
 * is nobody's person: it gets an id made of issuer and subject, and a name that begins with {@code
 * machine-}, so that it never has a person's desktops.
 */
@RequestScoped
public class Caller {

  private static final String MACHINE = "machine-";

  private final SecurityIdentity identity;

  Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The id of the caller, a UUID. */
  public String id() {
    JsonWebToken token = token();
    if (isMachine()) {
      String name = token.getIssuer() + " " + token.getSubject();
      return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
    try {
      return UUID.fromString(token.getSubject()).toString();
    } catch (IllegalArgumentException e) {
      throw new UnauthorizedException("the token's subject is no person of Berth", e);
    }
  }

  /** The caller's name in addresses. */
  public Slug slug() {
    if (isMachine()) {
      return Slug.fromUserName(MACHINE + token().getName());
    }
    String slug = token().getClaim(LoginClaims.SLUG);
    if (slug == null || !Slug.isCanonical(slug)) {
      throw new UnauthorizedException("the token has no slug");
    }
    return new Slug(slug);
  }

  /** What the caller may do. */
  public Set<String> roles() {
    return new TreeSet<>(identity.getRoles());
  }

  /**
   * The caller's groups at the identity provider, which decide what is open to them: those that the
   * login token names; of a machine those that its access token has.
   */
  public Set<String> groups() {
    Stream<String> names =
        isMachine() ? identity.getRoles().stream() : claimed(LoginClaims.MEMBER_OF);
    return names
        .map(name -> name.startsWith("/") ? name.substring(1) : name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** When the token ends. */
  public Instant until() {
    return Instant.ofEpochSecond(token().getExpirationTime());
  }

  /** A list of words, which the token's library gives as JSON. */
  private Stream<String> claimed(String claim) {
    return token().getClaim(claim) instanceof Collection<?> values
        ? values.stream()
            .map(value ->
                value instanceof JsonString word ? word.getString() : String.valueOf(value))
        : Stream.empty();
  }

  private boolean isMachine() {
    return Issuers.PROVIDER.equals(identity.getAttribute(OidcUtils.TENANT_ID_ATTRIBUTE));
  }

  private JsonWebToken token() {
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      return token;
    }
    throw new UnauthorizedException("not signed in");
  }
}
