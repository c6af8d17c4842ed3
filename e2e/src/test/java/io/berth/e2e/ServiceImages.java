package io.berth.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images of the three services as they were just packaged, on nothing but this machine's own JDK
 * and the libraries that it loads, brought to the cluster's node.
 */
final class ServiceImages {

  static final String TAG = "e2e";

  private static final String JRE = "berth-e2e/jre:" + Runtime.version().feature();

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration MAKE = Duration.ofMinutes(12);
  private static final List<String> SERVICES =
      List.of("auth-service", "session-service", "proxy-service");
  private static final String RUNTIME =
      """
      FROM scratch
      COPY root/ /
      ENV PATH=/opt/jre/bin:/bin
      """;
  private static final String SERVICE =
      """
      ARG JRE
      FROM ${JRE}
      COPY . /app
      WORKDIR /app
      USER 10001:10001
      ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", \
      "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/app/quarkus-run.jar"]
      """;

  /** What the script makes: a Java runtime, `sleep`, and every library that these load. */
  private static final String ROOT =
      """
      set -e
      rm -rf "$1"; mkdir -p "$1/bin" "$1/opt" "$1/tmp"
      "$2/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.net,jdk.zipfs,jdk.management,jdk.security.auth,jdk.naming.dns \
        --strip-debug --no-man-pages --no-header-files --output "$1/opt/jre"
      rm -rf "$1/opt/jre/legal"
      cp "$(command -v sleep)" "$1/bin/sleep"
      for file in "$1/opt/jre/bin/java" "$1/bin/sleep" $(find "$1/opt/jre/lib" -name '*.so'); do
        ldd "$file" | grep -o '/[^ )]*' | grep -v "^$1" || true
      done | sort -u | while read -r library; do
        [ -e "$1$library" ] || install -D "$(readlink -f "$library")" "$1$library"
      done
      """;

  private ServiceImages() {}

  /** All three, and a desktop's stand-in, which is made where it is not there. */
  static void load(String desktopType, String standIn) {
    try {
      if (Command.run(LIMIT, List.of("docker", "image", "inspect", standIn)).exitCode() != 0) {
        run(MAKE, Command.CHECKOUT.resolve("berth").toString(), "images", "build", desktopType);
      }
      Path folder = Files.createDirectories(RunningBerth.OUTPUT.resolve("service-images"));
      runtime(folder);
      List<String> words = new ArrayList<>(List.of("docker", "save", standIn));
      for (String service : SERVICES) {
        words.add(build(folder, service));
      }
      run("sh", "-c", String.join(" ", words) + " | (" + loadCommand() + ")");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void runtime(Path folder) throws IOException {
    if (Command.run(LIMIT, List.of("docker", "image", "inspect", JRE)).exitCode() == 0) {
      return;
    }
    Path context = Files.createDirectories(folder.resolve("jre"));
    Files.writeString(context.resolve("Dockerfile"), RUNTIME);
    run(
        "sh",
        "-c",
        ROOT,
        "root",
        context.resolve("root").toString(),
        System.getProperty("java.home"));
    run("docker", "build", "-q", "-t", JRE, context.toString());
  }

  private static String build(Path folder, String service) throws IOException {
    Path packaged = Command.CHECKOUT.resolve(service + "/target/quarkus-app");
    if (!Files.exists(packaged.resolve("quarkus-run.jar"))) {
      throw new AssertionError(packaged + " is not there: package the services first");
    }
    String image = "berth/%s:%s".formatted(service, TAG);
    Path dockerfile = folder.resolve(service + ".Dockerfile");
    Files.writeString(dockerfile, SERVICE);
    run(
        "docker",
        "build",
        "-q",
        "-t",
        image,
        "--build-arg",
        "JRE=" + JRE,
        "-f",
        dockerfile.toString(),
        packaged.toString());
    return image;
  }

  /**
   * What reads a docker-save archive into the cluster: BERTH_KUBE_LOAD, or the containerd of a test
   * cluster that keeps its kubeconfig in a folder beside the socket.
   */
  private static String loadCommand() {
    return Optional.ofNullable(System.getenv("BERTH_KUBE_LOAD"))
        .or(() ->
            Stream.of(Path.of(System.getenv("KUBECONFIG")).resolveSibling("../containerd.sock"))
                .filter(Files::exists)
                .map(socket -> "ctr -a " + socket + " -n k8s.io images import -")
                .findFirst())
        .orElseThrow(() ->
            new AssertionError(
                "set BERTH_KUBE_LOAD to a command that reads a docker-save archive into the cluster"));
  }

  private static void run(String... words) {
    run(LIMIT, words);
  }

  private static void run(Duration limit, String... words) {
    Command.Outcome outcome = Command.run(limit, List.of(words));
    if (outcome.exitCode() != 0) {
      throw new AssertionError(words[0] + " failed:\n" + outcome.output());
    }
  }
}
