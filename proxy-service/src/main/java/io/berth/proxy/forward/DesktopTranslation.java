package io.berth.proxy.forward;

import io.berth.common.Problem;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Page;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jboss.logging.Logger;

/** HTTP with one desktop. */
final class DesktopTranslation implements Translation {

  private static final Logger LOG = Logger.getLogger(DesktopTranslation.class);

  private final ServedDesktop desktop;
  private final String target;

  DesktopTranslation(ServedDesktop desktop, String target) {
    this.desktop = desktop;
    this.target = target;
  }

  @Override
  public HttpRequest request(Exchange exchange) {
    HttpHeaders headers = DesktopRequest.headers(exchange, desktop);
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, exchange.request().method(), target, headers);
  }

  @Override
  public HttpHeaders answer(Exchange exchange, HttpResponse answer) {
    if (answer.status().equals(HttpResponseStatus.UNAUTHORIZED)
        && !desktop.route().authorization().isEmpty()) {
      LOG.warnf("route=%s status=401: the stored password is stale", desktop.route());
      exchange.failedBy("upstream-unauthorized");
      exchange.respond(DesktopProblem.passwordRefused());
    }
    return DesktopAnswer.headers(answer.headers(), desktop);
  }

  @Override
  public void unavailable(Exchange exchange, Unavailable why) {
    Problem problem =
        switch (why) {
          case UNREACHABLE -> DesktopProblem.unreachable();
          case BROKE_OFF -> DesktopProblem.brokeOff();
          case SILENT -> DesktopProblem.silent();
        };
    exchange.respond(problem, Page.headers().set("Retry-After", "3"));
  }

  @Override
  public long maxBody() {
    return Long.MAX_VALUE;
  }
}
