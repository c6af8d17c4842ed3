package io.berth.launcher.installation;

import io.berth.launcher.console.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the edge speaks TLS with: two PEM files.
 *
 * @param certificate the certificate and, below it, those that vouch for it
 * @param key its key, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {

  /** Where the certificate is, in .env or the environment; none: plain http. */
  public static final String CERTIFICATE_KEY = "BERTH_TLS_CERTIFICATE";

  /** Where its key is. */
  public static final String KEY_KEY = "BERTH_TLS_KEY";

  static Optional<TlsFiles> in(Checkout checkout, DotEnv settings) {
    Optional<String> certificate = settings.get(CERTIFICATE_KEY).map(String::strip);
    Optional<String> key = settings.get(KEY_KEY).map(String::strip);
    if (certificate.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      throw new Failure("%s and %s go together.".formatted(CERTIFICATE_KEY, KEY_KEY));
    }
    TlsFiles files = new TlsFiles(checkout.file(certificate.get()), checkout.file(key.get()));
    for (Path file : List.of(files.certificate, files.key)) {
      if (!Files.isReadable(file)) {
        throw new Failure(
            "%s can't be read: check %s and %s.".formatted(file, CERTIFICATE_KEY, KEY_KEY));
      }
    }
    return Optional.of(files);
  }
}
