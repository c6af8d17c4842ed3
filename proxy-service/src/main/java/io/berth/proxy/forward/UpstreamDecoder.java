package io.berth.proxy.forward;

import io.berth.proxy.http.FreshHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads an upstream's answers; the answer to HEAD has no body whatever its length says. */
final class UpstreamDecoder extends HttpResponseDecoder {

  private static final int LONGEST_LINE = 4 * 1024;
  private static final int LARGEST_HEAD = 64 * 1024;
  private static final int LARGEST_PART = 64 * 1024;

  private boolean answerToHead;

  UpstreamDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LARGEST_HEAD)
            .setMaxChunkSize(LARGEST_PART)
            .setHeadersFactory(FreshHeaders.forDecoders())
            // Small servers inside desktops end lines as they like; the edge writes them anew.
            .setStrictLineParsing(false)
            .setUseRfc9112TransferEncoding(false));
  }

  void answerToHead(boolean head) {
    answerToHead = head;
  }

  /** Whether bytes are here that belong to no answer so far. */
  boolean hasSurplus() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    // An upgrade that nobody asked for must not put the decoder in another protocol.
    return super.isContentAlwaysEmpty(message) || answerToHead;
  }
}
