package io.berth.proxy.http;

import io.berth.common.Problem;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What the edge itself says to a program, and the headers of all that it says. */
public final class Page {

  private Page() {}

  /** The problem as {@code application/problem+json}. */
  static byte[] json(Problem problem) {
    return """
    {"type":"%s","title":"%s","status":%d,"detail":"%s","nextStep":"%s"}
    """
        .formatted(
            quoted(problem.type()),
            quoted(problem.title()),
            problem.status(),
            quoted(problem.detail()),
            quoted(problem.nextStep()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Headers of every answer of the edge's own. */
  public static HttpHeaders headers() {
    return new DefaultHttpHeaders()
        .set("Cache-Control", "no-store")
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer")
        .set("Content-Security-Policy", ErrorPage.POLICY);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }
}
