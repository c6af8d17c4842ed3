package io.berth.session.portal;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The portal's files. Pages name them below a folder made of their content, so that a browser keeps
 * them for good: what it has, a network that breaks can't take from a page.
 */
@Named("portal")
@ApplicationScoped
public class PortalFiles {

  private static final String ROOT = "META-INF/resources/";
  private static final String PLAIN_FOLDER = "/portal/";

  /** The pages that people open by address, and the files that hold them. */
  private static final Map<String, String> PAGES =
      Map.of("/", "index.html", "/admin", "admin.html");

  /** A page, ready to send, and its entity tag. */
  record Page(String html, String tag) {}

  private record Edition(String folder, Map<String, String> tags, Map<String, Page> pages) {}

  private volatile Edition edition = read();

  /** Where pages find the portal's files, without a slash at the end. */
  public String getFolder() {
    return edition().folder();
  }

  /** The page at an address, if there is one. */
  Optional<Page> page(String path) {
    return Optional.ofNullable(edition().pages().get(path));
  }

  /** The path without the folder made of content, if {@code path} is below that. */
  Optional<String> withoutEdition(String path) {
    String folder = edition().folder() + "/";
    return path.startsWith(folder)
        ? Optional.of(PLAIN_FOLDER + path.substring(folder.length()))
        : Optional.empty();
  }

  /** The entity tag of a file at its plain path. */
  Optional<String> tag(String path) {
    return Optional.ofNullable(edition().tags().get(path));
  }

  private Edition edition() {
    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
      edition = read();
    }
    return edition;
  }

  private static Edition read() {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      ClassPathUtils.consumeAsPaths(ROOT + "portal", folder -> readAll(folder, files));
      if (!files.containsKey(PLAIN_FOLDER + "portal.js")) {
        throw new IllegalStateException("the portal's files are not in this build");
      }
      MessageDigest all = sha256();
      Map<String, String> tags = new TreeMap<>();
      files.forEach((path, content) -> {
        byte[] digest = sha256().digest(content);
        all.update(path.getBytes(StandardCharsets.UTF_8));
        all.update(digest);
        tags.put(path, tag(digest));
      });
      String folder = PLAIN_FOLDER + HexFormat.of().formatHex(all.digest(), 0, 8);
      Map<String, Page> pages = new TreeMap<>();
      for (var page : PAGES.entrySet()) {
        pages.put(page.getKey(), page(folder, page.getValue()));
      }
      return new Edition(folder, Map.copyOf(tags), Map.copyOf(pages));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readAll(Path folder, Map<String, byte[]> files) {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(PLAIN_FOLDER + file.getFileName(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Page page(String folder, String file) throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream content = loader.getResourceAsStream(ROOT + file)) {
      if (content == null) {
        throw new IllegalStateException("the portal's " + file + " is not in this build");
      }
      String html =
          new String(content.readAllBytes(), StandardCharsets.UTF_8)
              .replace('"' + PLAIN_FOLDER, '"' + folder + '/');
      return new Page(html, tag(sha256().digest(html.getBytes(StandardCharsets.UTF_8))));
    }
  }

  private static String tag(byte[] digest) {
    return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
