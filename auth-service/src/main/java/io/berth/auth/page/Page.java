package io.berth.auth.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A plain page: what happened, and the one next step.
 *
 * @param title what happened, in a few words
 * @param text the rest, in a sentence or two
 * @param next what the person can do
 */
public record Page(String title, String text, Next next) {

  /** The one thing to do from a page. */
  public sealed interface Next {

    /** Follow a link. */
    record Link(String label, String address) implements Next {}

    /** Send an empty form by POST. */
    record Form(String label, String address) implements Next {}

    /** Go on without a click; the link is for browsers that don't. */
    record Onward(String label, String address) implements Next {}
  }

  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{margin:0;min-height:100vh;display:grid;place-items:center;\
      font:16px/1.5 system-ui,sans-serif;background:#f3f5f8;color:#1c2430}
      main{max-width:26rem;margin:1rem;padding:2rem;border-radius:12px;background:#fff;\
      box-shadow:0 1px 4px #0002}
      h1{margin:0 0 .5rem;font-size:1.35rem}
      p{margin:0 0 1.25rem}
      a,button{display:inline-block;padding:.6rem 1.1rem;border:0;border-radius:8px;\
      background:#1f5fd0;color:#fff;font:inherit;text-decoration:none;cursor:pointer}
      a:focus-visible,button:focus-visible{outline:3px solid #f5a623;outline-offset:2px}
      @media (prefers-color-scheme:dark){body{background:#12161c;color:#e6eaf0}\
      main{background:#1c232d}}
      """;

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  /** The page as an answer with this status. */
  public Response.ResponseBuilder answer(int status) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header(HttpHeaders.CONTENT_LANGUAGE, "en")
        .entity(html());
  }

  private String html() {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    %s<title>%s · Berth</title>
    <style>%s</style>
    </head>
    <body>
    <main>
    <h1>%s</h1>
    <p>%s</p>
    %s
    </main>
    </body>
    </html>
    """
        .formatted(refresh(), escaped(title), STYLE, escaped(title), escaped(text), action());
  }

  private String refresh() {
    return next instanceof Next.Onward onward
        ? "<meta http-equiv=\"refresh\" content=\"0; url=%s\">\n"
            .formatted(escaped(onward.address()))
        : "";
  }

  private String action() {
    return switch (next) {
      case Next.Link link -> anchor(link.label(), link.address());
      case Next.Onward onward -> anchor(onward.label(), onward.address());
      case Next.Form form ->
          "<form method=\"post\" action=\"%s\"><button>%s</button></form>"
              .formatted(escaped(form.address()), escaped(form.label()));
    };
  }

  private static String anchor(String label, String address) {
    return "<a href=\"%s\">%s</a>".formatted(escaped(address), escaped(label));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every JVM", e);
    }
  }
}
