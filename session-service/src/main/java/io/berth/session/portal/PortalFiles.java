package io.berth.session.portal;

import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The portal's static files, each with an entity tag made of its content. */
@ApplicationScoped
class PortalFiles {

  private static final String ROOT = "META-INF/resources";

  /** Only files that exist get in, so it can't grow beyond them. */
  private final Map<String, String> tags = new ConcurrentHashMap<>();

  /** The entity tag of what {@code path}, already normalised, serves; empty for anything else. */
  Optional<String> tag(String path) {
    String file = path.equals("/") ? "/index.html" : path;
    if (!file.equals("/index.html") && !file.matches("/portal/[a-z-]+\\.[a-z]+")) {
      return Optional.empty();
    }
    String known = tags.get(file);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> made = read(file);
    if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
      made.ifPresent(tag -> tags.put(file, tag));
    }
    return made;
  }

  private static Optional<String> read(String file) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream content = loader.getResourceAsStream(ROOT + file)) {
      if (content == null) {
        return Optional.empty();
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
      return Optional.of('"' + HexFormat.of().formatHex(digest, 0, 12) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
