package io.berth.launcher.installation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every secret of an installation: made once, kept in {@code .berth/secrets}, never on a command
 * line.
 */
public final class Secrets {

  /** Who can sign in to the embedded identity provider. */
  public static final List<String> PEOPLE = List.of("alice", "bob", "charlie", "admin");

  private final PropertiesFile file;

  Secrets(Path state) {
    this.file = new PropertiesFile(state.resolve("secrets"));
  }

  /** PostgreSQL's passwords by role. */
  public Map<String, String> databasePasswords(List<String> roles) {
    return roles.stream()
        .collect(Collectors.toMap(Function.identity(), role -> secret("postgres." + role, 32)));
  }

  /** The passwords of the people in the embedded identity provider, by user name. */
  public Map<String, String> passwordsOfPeople() {
    Map<String, String> passwords = new LinkedHashMap<>();
    PEOPLE.forEach(person -> passwords.put(person, secret("person." + person, 14)));
    return passwords;
  }

  /** auth-service's secret at the identity provider. */
  public String clientSecret() {
    return secret("oidc.client", 40);
  }

  /** What the private halves of the signing keys are encrypted with. */
  public String keyEncryption() {
    return secret("auth.key-encryption", 48);
  }

  /** The secret of the launcher's own client at Keycloak. */
  public String keycloakLauncher() {
    return secret("keycloak.launcher", 32);
  }

  private String secret(String key, int length) {
    return file.getOrKeep(key, () -> Passwords.random(length));
  }
}
