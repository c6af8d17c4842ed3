package io.berth.proxy.http;

import io.berth.common.Problem;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What the edge itself says: a small page for a person, RFC 9457 problem details for a program. */
public final class Page {

  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;"
          + "place-items:center;background:#f4f6f8;color:#1c2733}main{max-width:34rem;padding:2rem}"
          + "h1{font-size:1.4rem}p.n{color:#51606f}a{color:#0b63ce}"
          + "@media(prefers-color-scheme:dark){body{background:#12181f;color:#e6edf3}"
          + "p.n{color:#9fb0c0}a{color:#6cb2ff}}";

  private Page() {}

  /** The problem as a page, self-contained. */
  static byte[] html(Problem problem) {
    return """
    <!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s · Berth</title>\
    <meta name="viewport" content="width=device-width,initial-scale=1"><style>%s</style></head>\
    <body><main><h1>%s</h1><p>%s</p><p class="n">%s</p><p><a href="/">Your desktops</a></p>\
    </main></body></html>
    """
        .formatted(
            escaped(problem.title()),
            STYLE,
            escaped(problem.title()),
            escaped(problem.detail()),
            escaped(problem.nextStep()))
        .getBytes(StandardCharsets.UTF_8);
  }

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
        .set(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self';"
                + " base-uri 'none'; form-action 'none'");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }
}
