package io.berth.proxy.http;

import io.berth.common.AnswerForm;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;

/** What was asked, and by whom. */
public abstract sealed class ReceivedRequest permits Exchange {

  private final HttpRequest request;
  private final boolean body;
  private final RequestTarget target;
  private final Client client;

  ReceivedRequest(HttpRequest request, boolean body, RequestTarget target, Client client) {
    this.request = request;
    this.body = body;
    this.target = target;
    this.client = client;
  }

  /** The request's head as the client sent it. */
  public final HttpRequest request() {
    return request;
  }

  /** The checked path and query. */
  public final RequestTarget target() {
    return target;
  }

  /** Who is at the other end of the connection, and how it was addressed. */
  public final Client client() {
    return client;
  }

  /** Whether a body follows the head. */
  public final boolean hasBody() {
    return body;
  }

  /** A page that a person navigates to, as opposed to a script's or a program's request. */
  public final boolean isNavigation() {
    HttpMethod method = request.method();
    return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
        && form() == AnswerForm.PAGE;
  }

  /** How an error is told: what a form of a page sends is a person's request, too. */
  final AnswerForm form() {
    HttpHeaders headers = request.headers();
    String mode = headers.get("Sec-Fetch-Mode");
    if (mode != null || isWebSocket()) {
      return AnswerForm.of(mode, null);
    }
    return AnswerForm.of(null, String.join(",", headers.getAll(HttpHeaderNames.ACCEPT)));
  }

  /** Whether the client asks to speak WebSocket. */
  public final boolean isWebSocket() {
    List<String> upgrades = request.headers().getAll(HttpHeaderNames.UPGRADE);
    return upgrades.stream().anyMatch(u -> u.toLowerCase(Locale.ROOT).contains("websocket"));
  }
}
