package io.berth.proxy.forward;

import io.berth.common.Problem;
import io.berth.proxy.http.ClaimedIdentity;
import io.berth.proxy.http.Cookies;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.ExchangeTrace;
import io.berth.proxy.http.FreshHeaders;
import io.berth.proxy.http.HopByHop;
import io.berth.proxy.http.Page;
import io.berth.proxy.http.Site;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What Berth's own services hear: everything but what one connection or one credential is for. */
final class ServiceTranslation implements Translation {

  /** What a service gets of the client's credentials. */
  sealed interface Credentials {
    /** The login's token in place of the cookie. */
    record Bearer(String token) implements Credentials {}

    /** The Authorization header as the client sent it, no login cookie. */
    record AsSent() implements Credentials {}

    /** The cookies, all of them, and no Authorization. */
    record CookiesOnly() implements Credentials {}
  }

  /** What a page of ours sends with a change, and a form of another site can't. */
  private static final String PROOF = "x-berth-request";

  private final Site site;
  private final Credentials credentials;
  private final String target;
  private final long maxBody;

  ServiceTranslation(Site site, Credentials credentials, String target, long maxBody) {
    this.site = site;
    this.credentials = credentials;
    this.target = target;
    this.maxBody = maxBody;
  }

  @Override
  public HttpRequest request(Exchange exchange) {
    HttpRequest original = exchange.request();
    HttpHeaders headers = FreshHeaders.empty();
    Set<String> hopByHop = HopByHop.namesIn(original.headers());
    for (Map.Entry<String, String> header : original.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!hopByHop.contains(name)
          && !name.equals("cookie")
          && !name.equals("authorization")
          && (name.equals(PROOF) || !ClaimedIdentity.isMadeBy(name))) {
        headers.add(header.getKey(), header.getValue());
      }
    }
    ForwardedHeaders.set(headers, exchange.client(), site);
    ExchangeTrace trace = exchange.trace();
    if (trace != null) {
      headers.set("traceparent", trace.traceparent());
    }
    String authorization = original.headers().get("Authorization");
    switch (credentials) {
      case Credentials.Bearer bearer -> headers.set("Authorization", "Bearer " + bearer.token());
      case Credentials.AsSent asSent -> {
        if (authorization != null) {
          headers.set("Authorization", authorization);
        }
      }
      case Credentials.CookiesOnly cookies -> {}
    }
    String cookie =
        credentials instanceof Credentials.CookiesOnly
            ? String.join("; ", original.headers().getAll("Cookie"))
            : Cookies.withoutLogins(original.headers());
    if (!cookie.isEmpty()) {
      headers.set("Cookie", cookie);
    }
    if (original.headers().contains("Transfer-Encoding")) {
      headers.set("Transfer-Encoding", "chunked");
    }
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, original.method(), target, headers);
  }

  @Override
  public HttpHeaders answer(Exchange exchange, HttpResponse answer) {
    HttpHeaders headers = FreshHeaders.empty();
    Set<String> hopByHop = HopByHop.namesIn(answer.headers());
    for (Map.Entry<String, String> header : answer.headers()) {
      if (!hopByHop.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.add(header.getKey(), header.getValue());
      }
    }
    return headers;
  }

  @Override
  public void unavailable(Exchange exchange, Unavailable why) {
    Problem problem =
        switch (why) {
          case UNREACHABLE ->
              Problem.of(
                  "service-unavailable",
                  "One moment",
                  503,
                  "This part of Berth is starting or being restarted.",
                  "Try again in a few seconds; desktops that are open keep working.");
          case BROKE_OFF ->
              Problem.of(
                  "bad-gateway",
                  "No proper answer",
                  502,
                  "This part of Berth broke off its answer.",
                  "Try again; if it happens again, an administrator finds why in the log.");
          case SILENT ->
              Problem.of(
                  "gateway-timeout",
                  "No answer in time",
                  504,
                  "This part of Berth took too long to answer.",
                  "Try again in a minute.");
        };
    exchange.respond(problem, Page.headers().set("Retry-After", "3"));
  }

  @Override
  public long maxBody() {
    return maxBody;
  }
}
