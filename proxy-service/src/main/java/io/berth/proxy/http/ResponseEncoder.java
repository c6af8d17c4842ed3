package io.berth.proxy.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Writes answers; the answer to HEAD has the length of a body and no body. */
final class ResponseEncoder extends HttpResponseEncoder {

  private boolean answeringHead;

  void answeringHead(boolean head) {
    answeringHead = head;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    return answeringHead || super.isContentAlwaysEmpty(response);
  }
}
