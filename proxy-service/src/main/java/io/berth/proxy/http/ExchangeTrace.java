package io.berth.proxy.http;

/** An exchange in a trace. */
public interface ExchangeTrace {

  /** What the next hop hears of it (W3C Trace Context). */
  String traceparent();

  /** The exchange is over. */
  void ended(ExchangeFacts facts);
}
