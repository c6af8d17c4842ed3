package io.berth.proxy.trace;

import io.berth.proxy.http.Exchange;
import io.berth.proxy.http.ExchangeFacts;
import io.berth.proxy.http.ExchangeTrace;
import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/**
 * A span for each request. A trace begins here: what a client says of a trace is believed only when
 * it comes through a trusted proxy.
 */
public final class Traces {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> USER = AttributeKey.stringKey("berth.user");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("berth.route");
  private static final AttributeKey<String> CAUSE = AttributeKey.stringKey("error.type");
  private static final int FAILED = 500;

  private static final TextMapGetter<HttpHeaders> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpHeaders headers) {
          return headers.names();
        }

        @Override
        public @Nullable String get(@Nullable HttpHeaders headers, String name) {
          return headers == null ? null : headers.get(name);
        }
      };

  private final Tracer tracer;

  public Traces(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Begins an exchange's span; the exchange ends it. */
  public void begin(Exchange exchange) {
    Context parent = Context.root();
    if (exchange.client().isTold()) {
      parent =
          W3CTraceContextPropagator.getInstance()
              .extract(parent, exchange.request().headers(), GETTER);
    }
    Span span =
        tracer
            .spanBuilder(exchange.request().method().name())
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .startSpan();
    exchange.trace(new RequestSpan(span));
  }

  private record RequestSpan(Span span) implements ExchangeTrace {

    @Override
    public String traceparent() {
      SpanContext context = span.getSpanContext();
      return "00-%s-%s-%s"
          .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
    }

    @Override
    public void ended(ExchangeFacts facts) {
      span.updateName(facts.method() + " " + facts.kind());
      span.setAttribute(METHOD, facts.method());
      span.setAttribute(PATH, facts.path());
      span.setAttribute(STATUS, (long) facts.status());
      span.setAttribute(CLIENT, facts.client());
      span.setAttribute(USER, facts.user());
      span.setAttribute(ROUTE, facts.route());
      if (!facts.cause().equals("-")) {
        span.setAttribute(CAUSE, facts.cause());
      }
      if (facts.status() >= FAILED || facts.status() == 0) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }
}
