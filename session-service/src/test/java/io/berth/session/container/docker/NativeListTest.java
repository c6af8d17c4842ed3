package io.berth.session.container.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.command.CreateContainerCmdImpl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A native executable reads and writes the engine's JSON only by classes that its list names. All
 * of docker-java's are on it, so that a command that is used one day works then too.
 */
class NativeListTest {

  private static final String LIST =
      "META-INF/native-image/io.berth/session-service/reachability-metadata.json";

  @Test
  void namesEveryClassThatDockerJavaTurnsFromAndIntoJson() throws Exception {
    Set<String> expected = new TreeSet<>();
    expected.addAll(classes(Container.class, "com/github/dockerjava/api/model/"));
    expected.addAll(classes(Container.class, "com/github/dockerjava/api/command/"));
    expected.addAll(classes(CreateContainerCmdImpl.class, "com/github/dockerjava/core/command/"));

    Set<String> named = named();

    Path next = Path.of("target/reachability-metadata.json");
    Files.writeString(next, list(expected));
    assertThat(named)
        .as(
            "if docker-java changed: cp session-service/%s session-service/src/main/resources/%s",
            next, LIST)
        .containsAll(expected);
  }

  @Test
  void namesNoClassThatIsGone() throws Exception {
    for (String name : named()) {
      assertThat(Class.forName(name, false, NativeListTest.class.getClassLoader()).getName())
          .isEqualTo(name);
    }
  }

  private static Set<String> named() throws IOException {
    try (InputStream list =
        Objects.requireNonNull(NativeListTest.class.getClassLoader().getResourceAsStream(LIST))) {
      Set<String> named = new TreeSet<>();
      for (JsonNode entry : new ObjectMapper().readTree(list).path("reflection")) {
        named.add(entry.path("type").asText());
      }
      return named;
    }
  }

  private static Set<String> classes(Class<?> ofJar, String folder) throws Exception {
    Path jar = Path.of(ofJar.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(folder) && name.endsWith(".class"))
          .filter(name -> !name.matches(".*\\$\\d+\\.class"))
          .map(name -> name.replace('/', '.').replaceFirst("\\.class$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String list(Set<String> classes) {
    return classes.stream()
        .map(
            """
            {"type": "%s", "allDeclaredConstructors": true, "allDeclaredMethods": true, "allDeclaredFields": true}\
            """
                ::formatted)
        .collect(
            Collectors.joining(
                ",\n    ",
                """
                {
                  "reflection": [
                    {"type": "java.net.UnixDomainSocketAddress", "methods": [{"name": "of", "parameterTypes": ["java.lang.String"]}]},
                """
                    + "    ",
                "\n  ]\n}\n"));
  }
}
