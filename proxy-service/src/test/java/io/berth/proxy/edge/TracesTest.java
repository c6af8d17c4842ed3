package io.berth.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.proxy.upstream.ScriptedUpstream;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracesTest {

  private static final String FOREIGN_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String FOREIGN = "traceparent: 00-" + FOREIGN_TRACE + "-00f067aa0ba902b7-01";

  private final Collected collected = new Collected();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(collected)).build();
  private EdgeUnderTest edge = EdgeUnderTest.started();

  @AfterEach
  void stop() {
    edge.close();
    provider.close();
  }

  @Test
  void aRequestToAServiceIsASpanWhoseTraceTheServiceContinues() {
    edge.trace(provider.get("test"));

    String head = edge.browser(Person.ALICE).get("/api/v1/me").body();

    SpanData span = collected.one();
    assertThat(head)
        .containsOnlyOnce("traceparent: ")
        .contains("traceparent: 00-%s-%s-01".formatted(span.getTraceId(), span.getSpanId()));
    assertThat(span.getName()).isEqualTo("GET api");
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
        .isEqualTo(200);
    assertThat(span.getAttributes().get(AttributeKey.stringKey("berth.user"))).isEqualTo("alice");
    assertThat(span.getAttributes().asMap().toString()).doesNotContain("eyJ"); // no token
  }

  @Test
  void aClientsOwnTraceIsNotContinuedAndReachesNobody() {
    edge.trace(provider.get("test"));

    String head =
        edge.browser(Person.ALICE)
            .header(FOREIGN)
            .header("tracestate: a=b")
            .header("baggage: a=b")
            .header("X-B3-TraceId: " + FOREIGN_TRACE)
            .get("/api/v1/me")
            .body();

    assertThat(collected.one().getTraceId()).isNotEqualTo(FOREIGN_TRACE);
    assertThat(head).doesNotContain(FOREIGN_TRACE).doesNotContain("a=b");
  }

  @Test
  void aTrustedProxysTraceIsContinued() {
    edge.close();
    edge = EdgeUnderTest.started(Map.of("berth.proxy.http.trusted-proxies", "127.0.0.1"));
    edge.trace(provider.get("test"));

    edge.browser(Person.ALICE)
        .header("X-Forwarded-For: 10.1.2.3")
        .header(FOREIGN)
        .get("/api/v1/me");

    SpanData span = collected.one();
    assertThat(span.getTraceId()).isEqualTo(FOREIGN_TRACE);
    assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
  }

  @Test
  void aDesktopHearsOfNoTrace() {
    edge.trace(provider.get("test"));
    try (ScriptedUpstream desktop =
        ScriptedUpstream.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      edge.publish(TestDatabase.TestRoute.plain("alice-traced", Person.ALICE, desktop));

      edge.browser(Person.ALICE).header(FOREIGN).get("/desktop/alice-traced/page");

      assertThat(desktop.heads().getFirst().text()).doesNotContainIgnoringCase("trace");
      assertThat(collected.one().getName()).isEqualTo("GET desktop");
    }
  }

  @Test
  void aServiceThatIsAwayMakesAFailedSpanWithItsCause() {
    edge.trace(provider.get("test"));
    edge.lines().session().cut();

    edge.browser(Person.ALICE).get("/api/v1/me");

    SpanData span = collected.one();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
        .isEqualTo("upstream-connect");
  }

  @Test
  void whileTracesAreOffNothingIsToldOfAny() {
    String head = edge.browser(Person.ALICE).header(FOREIGN).get("/api/v1/me").body();

    assertThat(head).startsWith("GET /api/v1/me").doesNotContainIgnoringCase("traceparent");
  }

  /** What would have gone to a collector. */
  private static final class Collected implements SpanExporter {

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    SpanData one() {
      Eventually.eventually("a span", () -> !spans.isEmpty());
      assertThat(spans).hasSize(1);
      return spans.getFirst();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
