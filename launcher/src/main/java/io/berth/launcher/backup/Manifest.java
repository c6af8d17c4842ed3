package io.berth.launcher.backup;

import io.berth.launcher.console.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a backup holds, and the fingerprint of each of its files: damage is seen before anything is
 * touched.
 *
 * @param kind {@code suite} or {@code compose}
 * @param instance whose homes these are
 * @param facts more that a restore must know, such as PostgreSQL's version
 */
record Manifest(String kind, String instance, Map<String, String> facts) {

  static final String FILE = "manifest.properties";

  private static final String FORMAT = "1";
  private static final String FINGERPRINT = "sha256.";

  /** Writes it into a folder that holds everything else already. */
  void write(Path folder) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("format", FORMAT);
    properties.setProperty("kind", kind);
    properties.setProperty("instance", instance);
    properties.setProperty("made", Instant.now().toString());
    facts.forEach((key, value) -> properties.setProperty("fact." + key, value));
    for (Map.Entry<String, String> each : fingerprints(folder).entrySet()) {
      properties.setProperty(FINGERPRINT + each.getKey(), each.getValue());
    }
    try (Writer writer = Files.newBufferedWriter(folder.resolve(FILE))) {
      properties.store(writer, "A backup of Berth; ./berth restore reads it");
    }
  }

  /** Reads it and looks at every file. */
  static Manifest read(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(FILE))) {
      throw new Failure("That file is no backup of Berth: it has no " + FILE + ".");
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve(FILE))) {
      properties.load(reader);
    }
    if (!FORMAT.equals(properties.getProperty("format"))) {
      throw new Failure(
          "The backup was made by another version of Berth: restore it with that one.");
    }
    Map<String, String> said = new TreeMap<>();
    Map<String, String> facts = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(FINGERPRINT)) {
        said.put(key.substring(FINGERPRINT.length()), properties.getProperty(key));
      } else if (key.startsWith("fact.")) {
        facts.put(key.substring("fact.".length()), properties.getProperty(key));
      }
    }
    if (!said.equals(fingerprints(folder))) {
      throw new Failure(
          "The backup is damaged: a file in it is not what its manifest says. Nothing was changed.");
    }
    return new Manifest(
        properties.getProperty("kind", ""), properties.getProperty("instance", ""), facts);
  }

  private static Map<String, String> fingerprints(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.equals(FILE)) {
          all.put(name, fingerprint(file));
        }
      }
    }
    return all;
  }

  private static String fingerprint(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
