package io.berth.auth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser with a cookie jar, one request at a time, no redirect followed unasked. It stands in
 * for the edge too: what is under /idp goes to Keycloak.
 */
public final class Browser {

  private static final Pattern FORM_ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Pattern REFRESH = Pattern.compile("content=\"0; url=([^\"]+)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final String publicUrl = RealServices.publicUrl();

  public HttpResponse<String> get(String address) {
    return send(request(address).GET());
  }

  /** The same with a header that browsers send of themselves. */
  public HttpResponse<String> get(String address, String header, String value) {
    return send(request(address).header(header, value).GET());
  }

  /** Posts a form as a page of Berth would. */
  public HttpResponse<String> post(String address, Map<String, String> fields) {
    return post(address, fields, publicUrl);
  }

  /** Posts a form as a page of another origin would. */
  public HttpResponse<String> post(String address, Map<String, String> fields, String origin) {
    return send(
        request(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", origin)
            .POST(HttpRequest.BodyPublishers.ofString(form(fields))));
  }

  /** Posts JSON as a script of Berth's own pages would. */
  public HttpResponse<String> postJson(String address, String json) {
    return postJson(address, json, publicUrl);
  }

  /** Posts JSON as a script of another origin would if it could. */
  public HttpResponse<String> postJson(String address, String json, String origin) {
    return send(
        request(address)
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Signs in through Keycloak's form; the answer of the callback. */
  public HttpResponse<String> signIn(String user, String returnTo) {
    return get(callbackAddress(user, returnTo));
  }

  /** Signs in at Keycloak and stops before the callback; its address, with state and code. */
  public String callbackAddress(String user, String returnTo) {
    HttpResponse<String> start = get("/auth/login?return_to=" + encoded(returnTo));
    return atKeycloak(location(start), user);
  }

  /** From an authorization address to the callback's address. */
  public String atKeycloak(String authorization, String user) {
    HttpResponse<String> page = get(authorization);
    if (page.statusCode() == 302) {
      return location(page);
    }
    return location(
        post(
            found(FORM_ACTION, page.body()),
            Map.of("username", user, "password", RealServices.password(user))));
  }

  /** Sends a page's first form with its hidden fields. */
  public HttpResponse<String> submit(HttpResponse<String> page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(page.body());
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2));
    }
    String action = found(FORM_ACTION, page.body());
    return post(page.uri().resolve(action).toString(), fields);
  }

  public static String location(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Location")
        .orElseThrow(
            () -> new AssertionError(response.statusCode() + " without Location: " + response));
  }

  /** Where a page goes on to by itself. */
  public static String onward(HttpResponse<String> page) {
    return found(REFRESH, page.body());
  }

  public Map<String, String> cookies() {
    return cookies;
  }

  /** The value of a cookie that is there. */
  public String cookie(String name) {
    String value = cookies.get(name);
    if (value == null) {
      throw new AssertionError("no cookie " + name + " among " + cookies.keySet());
    }
    return value;
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher.group(1).replace("&amp;", "&");
  }

  private HttpRequest.Builder request(String address) {
    String absolute = address.startsWith("/") ? publicUrl + address : address;
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .uri(URI.create(routed(absolute)))
            .timeout(Duration.ofSeconds(30))
            .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    if (absolute.startsWith(publicUrl + "/idp/")) {
      request.header("X-Forwarded-Host", publicUrl.substring("http://".length()));
      request.header("X-Forwarded-Proto", "http");
    }
    return request;
  }

  private String routed(String address) {
    return address.startsWith(publicUrl + "/idp/")
        ? "http://127.0.0.1:" + RealServices.keycloakPort() + address.substring(publicUrl.length())
        : address.replace("http://localhost:", "http://127.0.0.1:");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String setCookie) {
    String pair = List.of(setCookie.split(";", 2)).getFirst();
    int equals = pair.indexOf('=');
    String name = pair.substring(0, equals);
    boolean over = HttpCookie.parse(setCookie).getFirst().getMaxAge() == 0;
    if (over) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(equals + 1));
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
