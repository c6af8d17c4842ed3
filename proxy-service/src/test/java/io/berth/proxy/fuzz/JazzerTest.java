package io.berth.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs each fuzzer for a few seconds in a JVM of its own, from seeds that were attacks before: its
 * instrumentation would slow down every other test of this one.
 */
// Messages stand here as they go over the wire.
@SuppressWarnings("StringConcatToTextBlock")
class JazzerTest {

  /** Longer by hand: {@code -Dfuzz.seconds=600}. */
  private static final String SECONDS = System.getProperty("fuzz.seconds", "5");

  private static final List<String> ADDRESSES =
      List.of(
          "/desktop/alice-ubuntu/../bob-ubuntu/",
          "/desktop/alice-ubuntu/%2e%2e/x",
          "/desktop/alice-ubuntu/..;/x?y",
          "//desktop/alice-ubuntu/a%20b",
          "http://berth.test/desktop/alice-ubuntu/x;y=1/z",
          "/auth/x",
          "/api/v1/%5c..%5c");

  private static final List<String> COOKIES =
      List.of(
          "berth=x; Path=/",
          "=berth=x",
          "a=b; Path=/desktop/alice-ubuntu/../; Domain=berth.test",
          "\"berth\"=x",
          "a=b; path; Path=\"/\"",
          "__Host-berth-desktop=x");

  private static final List<String> REQUESTS =
      List.of(
          "GET /desktop/alice-ubuntu/x HTTP/1.1\r\n"
              + "Host: berth.test\r\n"
              + "Cookie: a=b; berth=x\r\n\r\n",
          "POST /x HTTP/1.1\r\n"
              + "Host: berth.test\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "1\r\n"
              + "a\r\n"
              + "0\r\n\r\n",
          "GET /x HTTP/1.1\r\nHost: berth.test\r\nConnection: host, authorization\r\n"
              + "Authorization: Basic x\r\nX_Forwarded_For: 6.6.6.6\r\n\r\n",
          "GET /x HTTP/1.1\r\nHost: berth.test\r\nCookie: =berth=x;\"berth\"=y; Berth =z\r\n\r\n",
          "HEAD /x HTTP/1.0\r\n"
              + "Host: berth.test\r\n"
              + "Content-Length: 0\r\n"
              + "Expect: 100-continue\r\n\r\n");

  @ParameterizedTest
  @ValueSource(classes = {AddressFuzz.class, CookieFuzz.class, RequestFuzz.class})
  void nothingIsFoundAgainstTheInvariant(Class<?> fuzzer, @TempDir Path folder) throws Exception {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    List<String> texts =
        fuzzer == AddressFuzz.class ? ADDRESSES : fuzzer == CookieFuzz.class ? COOKIES : REQUESTS;
    for (int i = 0; i < texts.size(); i++) {
      Files.writeString(seeds.resolve("seed-" + i), texts.get(i), StandardCharsets.ISO_8859_1);
    }
    Path output = folder.resolve("output.txt");

    int status = run(fuzzer, folder, seeds, output);

    String text = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertThat(status).as(text).isZero();
    assertThat(text).contains("Done ");
  }

  private static int run(Class<?> fuzzer, Path folder, Path seeds, Path output)
      throws IOException, InterruptedException {
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + fuzzer.getName(),
                "--instrumentation_includes=io.berth.proxy.**",
                "--custom_hook_includes=io.berth.proxy.**",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
                "-max_total_time=" + SECONDS,
                "-seed="
                    + System.getProperty(
                        "berth.fuzz.seed", "1"), // so that a finding is found again
                "-max_len=2048",
                "-timeout=5",
                "-print_final_stats=1",
                seeds.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long patience = Long.parseLong(SECONDS) + 120;
    if (!jazzer.waitFor(patience, TimeUnit.SECONDS)) {
      jazzer.destroyForcibly();
      return -1;
    }
    return jazzer.exitValue();
  }
}
