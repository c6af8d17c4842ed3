package io.berth.proxy.edge;

import io.berth.common.LoginClaims;
import io.berth.proxy.http.Exchange;
import io.berth.proxy.login.Verdict;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** A place that asks for a login: which counts there, and where who has none is sent. */
interface Door {

  /** The name of the cookie that carries it. */
  String cookie();

  /** The login that a token proves here, or null: what opens one door opens no other. */
  @Nullable LoginClaims entitled(Verdict verdict);

  /** Answers a request that has no login; with these headers, which are the door's to change. */
  void turnAway(Exchange exchange, HttpHeaders headers);
}
