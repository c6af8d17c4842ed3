package io.berth.launcher.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An image made of nothing but one class, this machine's own JDK and the libraries that it loads,
 * so that tests need no registry: the class is run as uid 1000 with a certificate in {@code
 * /desktop/tls.p12} (password {@code keystore}) and a home in {@code /home/kasm-user}. Made once
 * per JDK and class.
 *
 * @param repository of the image's name
 * @param program a class that needs no other
 */
public record JdkImage(String repository, Class<?> program) {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int BUILD_SECONDS = 180;
  private static final Pattern LIBRARY = Pattern.compile("(/[^\\s]+)\\s+\\(0x");

  /** The image's name; it is on the engine when this returns. */
  public String make(DockerClient docker) {
    try {
      byte[] code = code();
      String name = repository + ":" + fingerprint(code);
      try {
        docker.inspectImageCmd(name).exec();
      } catch (NotFoundException e) {
        build(docker, name, code);
      }
      return name;
    } catch (IOException e) {
      throw new IllegalStateException("the image " + repository + " could not be made", e);
    }
  }

  private void build(DockerClient docker, String name, byte[] code) throws IOException {
    Path context = Files.createTempDirectory("berth-jdk-image-");
    try {
      Path root = Files.createDirectories(context.resolve("root"));
      Path jdk = root.resolve("jdk");
      tool(
          "jlink",
          "--add-modules",
          "java.base,jdk.httpserver",
          "--strip-debug",
          "--no-man-pages",
          "--no-header-files",
          "--output",
          jdk.toString());
      Unpacked.delete(jdk.resolve("legal"));
      copyLibraries(jdk, root);
      Path type = root.resolve("desktop/" + program.getName().replace('.', '/') + ".class");
      Files.createDirectories(Objects.requireNonNull(type.getParent()));
      Files.write(type, code);
      tool(
          "keytool",
          "-genkeypair",
          "-alias",
          "desktop",
          "-keyalg",
          "EC",
          "-dname",
          "CN=desktop",
          "-validity",
          "3650",
          "-storetype",
          "PKCS12",
          "-storepass",
          "keystore",
          "-keystore",
          root.resolve("desktop/tls.p12").toString());
      Files.createDirectories(context.resolve("home/kasm-user"));
      Files.writeString(context.resolve("home/kasm-user/.profile"), "");
      Files.writeString(context.resolve("Dockerfile"), dockerfile());
      docker
          .buildImageCmd(context.toFile())
          .withTags(Set.of(name))
          .exec(new BuildImageResultCallback())
          .awaitImageId(BUILD_SECONDS, TimeUnit.SECONDS);
    } finally {
      Unpacked.delete(context);
    }
  }

  private static void copyLibraries(Path jdk, Path root) throws IOException {
    List<Path> binaries;
    try (Stream<Path> files = Files.walk(jdk.resolve("lib"))) {
      binaries = files.filter(file -> file.toString().endsWith(".so")).toList();
    }
    for (Path binary :
        Stream.concat(Stream.of(jdk.resolve("bin/java")), binaries.stream()).toList()) {
      Matcher library = LIBRARY.matcher(output(List.of("ldd", binary.toString())));
      while (library.find()) {
        Path from = Path.of(library.group(1));
        Path to = root.resolve(library.group(1).substring(1));
        if (!from.startsWith(jdk) && !Files.exists(to)) {
          Files.createDirectories(Objects.requireNonNull(to.getParent()));
          Files.copy(from.toRealPath(), to);
          to.toFile().setExecutable(true, false);
        }
      }
    }
  }

  private byte[] code() throws IOException {
    String resource = program.getSimpleName() + ".class";
    try (InputStream content = Objects.requireNonNull(program.getResourceAsStream(resource))) {
      return content.readAllBytes();
    }
  }

  /** Names are read from a file: where no name server answers, the JDK's server asks and waits. */
  private String dockerfile() {
    return """
    FROM scratch
    COPY root/ /
    COPY --chown=1000:1000 home/ /home/
    USER 1000
    CMD ["/jdk/bin/java", "-XX:-UsePerfData", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", \
    "-Djdk.net.hosts.file=/etc/hosts", \
    "-cp", "/desktop", "%s"]
    """
        .formatted(program.getName());
  }

  private String fingerprint(byte[] code) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(code);
      digest.update(dockerfile().getBytes(UTF_8));
      digest.update(Runtime.version().toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void tool(String tool, String... arguments) throws IOException {
    Path path = Path.of(System.getProperty("java.home"), "bin", tool);
    output(Stream.concat(Stream.of(path.toString()), Stream.of(arguments)).toList());
  }

  private static String output(List<String> words) throws IOException {
    Command.Outcome outcome = Command.of(words).run(LIMIT);
    if (!outcome.succeeded()) {
      throw new IOException(words + ": " + outcome.output());
    }
    return outcome.output();
  }
}
