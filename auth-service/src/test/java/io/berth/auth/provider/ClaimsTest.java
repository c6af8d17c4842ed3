package io.berth.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private static final Pattern ALL = Pattern.compile(".*");

  @Test
  void groupsAreNamedWithoutKeycloaksSlashAndOnlyThoseThatMatch() {
    Claims claims = of(List.of("/berth-painters", "berth-poets", "staff", " "));

    assertThat(claims.groups(Pattern.compile("berth-.*")))
        .containsExactly("berth-painters", "berth-poets");
    assertThat(claims.groups(ALL)).containsExactly("berth-painters", "berth-poets", "staff");
  }

  @Test
  void aTokenNamesNoMoreGroupsThanACookieHasRoomFor() {
    List<String> many = IntStream.range(0, 400).mapToObj(i -> "g" + i).toList();
    List<String> wide =
        IntStream.range(0, 49).mapToObj(i -> "a department of the house ".repeat(3) + i).toList();

    assertThat(of(many).groups(ALL)).hasSize(50);
    Set<String> kept = of(wide).groups(ALL);
    assertThat(String.join("", kept).length()).isBetween(1_300, 1_500);
  }

  private static Claims of(Collection<String> groups) {
    JwtClaims token = new JwtClaims();
    token.setSubject("someone");
    return new Claims(
        QuarkusSecurityIdentity.builder()
            .setPrincipal(new OidcJwtCallerPrincipal(token, null))
            .addRoles(Set.copyOf(groups))
            .build());
  }
}
