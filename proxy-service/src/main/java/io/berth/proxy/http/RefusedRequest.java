package io.berth.proxy.http;

import io.berth.common.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** A request that breaks a rule, so that no exchange is made of it. */
public record RefusedRequest(HttpResponseStatus status, String reason) {

  /** What its client is told. */
  public FullHttpResponse answer() {
    Problem problem =
        Problem.of(
            "bad-request", status.reasonPhrase(), status.code(), reason, "Check the address.");
    ByteBuf content = Unpooled.wrappedBuffer(Page.json(problem));
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
    response
        .headers()
        .set(Page.headers())
        .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    return response;
  }
}
