package io.berth.proxy.http;

import io.berth.common.AnswerForm;
import io.berth.proxy.limit.Share;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was asked, and by whom. */
public abstract sealed class ReceivedRequest permits Exchange {

  private final HttpRequest request;
  private final boolean body;
  private final RequestTarget target;
  private final Client client;
  private final Share address;
  private @Nullable Share person;
  private boolean unproven;

  ReceivedRequest(
      HttpRequest request, boolean body, RequestTarget target, Client client, Share address) {
    this.request = request;
    this.body = body;
    this.target = target;
    this.client = client;
    this.address = address;
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

  /** What the client's address has of the edge, this request included. */
  public final Share address() {
    return address;
  }

  /** What the person has of the edge, this request included, once it is known who asks. */
  public final @Nullable Share person() {
    return person;
  }

  /** Says whose request it is; it is counted in this share already, and until it is over. */
  public final void countedIn(Share ofPerson) {
    person = ofPerson;
  }

  /** Says that somebody else checks who asks: where they find nobody, it was a failed try. */
  public final void unproven() {
    unproven = true;
  }

  final void uncount(int status) {
    if (unproven && status == HttpResponseStatus.UNAUTHORIZED.code()) {
      address.cameWithoutLogin(System.nanoTime());
    }
    address.endExchange();
    Share ofPerson = person;
    if (ofPerson != null) {
      ofPerson.endExchange();
    }
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
