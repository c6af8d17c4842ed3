package io.berth.proxy.forward;

import io.berth.proxy.http.Exchange;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;

/** What an upstream hears of a request and a client of its answer. */
interface Translation {

  /** The head that goes upstream. */
  HttpRequest request(Exchange exchange);

  /**
   * The headers that go to the client, or an answer of the edge's own in their place: then {@link
   * Exchange#answered()} holds and the upstream's answer is thrown away.
   */
  HttpHeaders answer(Exchange exchange, HttpResponse answer);

  /** Answers in the place of an upstream that can't be reached, or broke off before an answer. */
  void unavailable(Exchange exchange, Unavailable why);

  /** Largest request body, in bytes. */
  long maxBody();

  /** Why there is no answer. */
  enum Unavailable {
    /** No connection. */
    UNREACHABLE,
    /** The connection ended, or what came was no HTTP. */
    BROKE_OFF,
    /** No answer in time. */
    SILENT
  }
}
