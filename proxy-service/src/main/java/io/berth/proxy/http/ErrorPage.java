package io.berth.proxy.http;

import io.berth.common.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A problem as a page for a person. It looks like the portal and needs nothing of it, since it may
 * be the portal that is away.
 *
 * @param portal the portal's origin, or nothing where the page itself is at it
 */
record ErrorPage(Problem problem, String portal, Again again) {

  /** Whether the same request is worth another try. */
  enum Again {
    NO,
    BY_HAND,
    BY_ITSELF
  }

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--fog:#eff4f4;--surface:#fff;--ink:#0b2430;--muted:#4a626d;\
      --line:#d5e0e2;--field:#f1f6f6;--action:#0b4f60;--on-action:#fff;--hull:#e2562a;--focus:#0a6ff0}\
      @media(prefers-color-scheme:dark){:root{--fog:#07141b;--surface:#0e1f28;--ink:#e4eef1;\
      --muted:#96adb7;--line:#1d343f;--field:#0a1920;--action:#6fd0de;--on-action:#04222b;\
      --hull:#f26b3d;--focus:#7db8ff}}\
      *{box-sizing:border-box}\
      body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;\
      background:var(--fog);color:var(--ink);font:1rem/1.5 Inter,ui-sans-serif,system-ui,sans-serif}\
      a{font-weight:600;text-decoration:none;color:inherit;border-radius:9px}\
      a:focus-visible{outline:3px solid var(--focus);outline-offset:2px}\
      header{width:100%;max-width:71rem;margin:0 auto;padding:1.25rem clamp(1rem,4vw,2rem)}\
      header a{display:inline-flex;align-items:center;gap:.6rem;font-size:1.1875rem;letter-spacing:-.02em}\
      svg{width:1.75rem;height:1.75rem;color:var(--action);fill:var(--hull)}\
      main{flex:1;display:grid;place-content:center;grid-template-columns:min(30rem,100%);\
      padding:1rem clamp(1rem,4vw,2rem) 5rem}\
      article{padding:1.5rem;border:1px solid var(--line);border-radius:16px;background:var(--surface)}\
      h1{margin:0;font-size:1.625rem;line-height:1.2;letter-spacing:-.025em}\
      p{margin:.75rem 0 0;overflow-wrap:anywhere}\
      .next{color:var(--muted);font-size:.9375rem}\
      nav{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:1.25rem}\
      nav a{flex:1;min-height:2.75rem;display:inline-flex;align-items:center;justify-content:center;\
      padding:.35rem 1rem;border:1px solid var(--line);font-size:.9375rem;white-space:nowrap}\
      nav a:hover{background:var(--field)}\
      nav a:first-child{border-color:transparent;background:var(--action);color:var(--on-action)}\
      @media(forced-colors:active){nav a{border-color:CanvasText}}\
      """;

  /** The policy that lets this page, and nothing else, be. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

  byte[] html() {
    return """
    <!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s · Berth</title>\
    <meta name="viewport" content="width=device-width,initial-scale=1"><style>%s</style></head>\
    <body><header><a href="%s/" aria-label="Berth, home"><svg viewBox="0 0 32 32" aria-hidden="true">\
    <path d="M6 5v15a7 7 0 0 0 7 7h6a7 7 0 0 0 7-7V5" fill="none" stroke="currentColor"\
     stroke-width="3" stroke-linecap="round"/><path d="M16 22c-2.9 0-4.6-1.5-4.6-3.9v-6.1c0-3.4\
     2.2-6.7 4.6-9.2 2.4 2.5 4.6 5.8 4.6 9.2v6.1c0 2.4-1.7 3.9-4.6 3.9z"/></svg>Berth</a></header>\
    <main><article><h1>%s</h1><p>%s</p><p class="next">%s%s</p><nav aria-label="Next">%s\
    <a href="%s/">All desktops</a></nav></article></main></body></html>
    """
        .formatted(
            escaped(problem.title()),
            STYLE,
            escaped(portal),
            escaped(problem.title()),
            escaped(problem.detail()),
            escaped(problem.nextStep()),
            again == Again.BY_ITSELF ? " This page tries again by itself." : "",
            again == Again.NO ? "" : "<a href=\"\">Try again</a>",
            escaped(portal))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
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
