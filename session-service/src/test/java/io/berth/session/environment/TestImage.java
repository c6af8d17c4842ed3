package io.berth.session.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The image of {@link TestDesktop}, made of nothing but this machine's own JDK and the libraries it
 * loads, so that the tests need no registry. Made once per JDK and program.
 */
final class TestImage {

  private static final Pattern LIBRARY = Pattern.compile("(/[^\\s]+)\\s+\\(0x");
  private static final String DOCKERFILE =
      """
      FROM scratch
      COPY root/ /
      COPY --chown=1000:1000 home/ /home/
      USER 1000
      CMD ["/jdk/bin/java", "-XX:-UsePerfData", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", \
      "-cp", "/desktop", "io.berth.session.environment.TestDesktop"]
      """;

  private TestImage() {}

  /** The image's name; it is on the engine when this returns. */
  static String make(DockerClient docker) {
    try {
      byte[] program = program();
      String name = "berth-test/desktop:" + fingerprint(program);
      try {
        docker.inspectImageCmd(name).exec();
      } catch (NotFoundException e) {
        build(docker, name, program);
      }
      return name;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the test image could not be made", e);
    }
  }

  private static void build(DockerClient docker, String name, byte[] program)
      throws IOException, InterruptedException {
    Path context = Files.createTempDirectory("berth-test-image-");
    try {
      Path root = Files.createDirectories(context.resolve("root"));
      Path jdk = root.resolve("jdk");
      run(
          "jlink",
          "--add-modules",
          "java.base,jdk.httpserver",
          "--strip-debug",
          "--no-man-pages",
          "--no-header-files",
          "--output",
          jdk.toString());
      delete(jdk.resolve("legal"));
      copyLibraries(jdk, root);
      Path type =
          root.resolve("desktop/" + TestDesktop.class.getName().replace('.', '/') + ".class");
      Files.createDirectories(Objects.requireNonNull(type.getParent()));
      Files.write(type, program);
      run(
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
          new String(TestDesktop.KEYSTORE_PASSWORD),
          "-keystore",
          root.resolve("desktop/tls.p12").toString());
      Files.createDirectories(context.resolve("home/kasm-user"));
      Files.writeString(context.resolve("home/kasm-user/.profile"), "");
      Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
      docker
          .buildImageCmd(context.toFile())
          .withTags(Set.of(name))
          .exec(new BuildImageResultCallback())
          .awaitImageId(180, TimeUnit.SECONDS);
    } finally {
      delete(context);
    }
  }

  private static void copyLibraries(Path jdk, Path root) throws IOException, InterruptedException {
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

  private static byte[] program() throws IOException {
    String resource = TestDesktop.class.getSimpleName() + ".class";
    try (InputStream content =
        Objects.requireNonNull(TestDesktop.class.getResourceAsStream(resource))) {
      return content.readAllBytes();
    }
  }

  private static String fingerprint(byte[] program) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(program);
      digest.update(DOCKERFILE.getBytes(UTF_8));
      digest.update(Runtime.version().toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(String tool, String... arguments)
      throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", tool);
    output(Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments)).toList());
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command + ": " + output);
    }
    return output;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
    }
  }
}
