package io.berth.proxy.edge;

import io.berth.common.Problem;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.Page;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * All that plain HTTP is for beside TLS: a visit is sent to the same place at https. Whatever was
 * sent in a request's body has been read on the way already and is not asked for again.
 */
record SendToHttps(Addresses addresses) {

  void handle(Exchange exchange) {
    exchange.belongsTo("-", "edge", "-");
    HttpMethod method = exchange.request().method();
    if (exchange.isWebSocket()
        || !(method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))) {
      exchange.respond(
          Problem.of(
              "https-only",
              "Only over https",
              403,
              "This port takes no requests but visits, which it sends to https.",
              "Use " + addresses.portal().origin() + "/"));
      return;
    }
    HttpHeaders headers = Page.headers();
    headers.set(HttpHeaderNames.LOCATION, originOf(exchange) + exchange.target().full());
    exchange.respond(HttpResponseStatus.PERMANENT_REDIRECT, headers, Unpooled.EMPTY_BUFFER);
  }

  /** Never what a Host header says, unless it is one of ours. */
  private String originOf(Exchange exchange) {
    return switch (addresses.addresseeOf(exchange.client().host())) {
      case Addresses.Addressee.Desktop desktop -> desktop.domain().originOf(desktop.path());
      case Addresses.Addressee.Portal portal -> addresses.portal().origin();
      case Addresses.Addressee.Nobody nobody -> addresses.portal().origin();
    };
  }
}
