package io.berth.proxy.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a request as they were read. A browser sends the same header with each request of
 * a connection: one that equals the last one there is not taken apart again. What its values are
 * worth, a login above all, is asked anew each time.
 */
public final class ReadCookies {

  private static final AttributeKey<ReadCookies> LAST =
      AttributeKey.valueOf(ReadCookies.class, "LAST");
  private static final int LONGEST_KEPT = 8 * 1_024;

  private final List<String> headers;
  private @Nullable String name;
  private List<String> named = List.of();
  private @Nullable String others;

  private ReadCookies(List<String> headers) {
    this.headers = headers;
  }

  /** Those of a request that came over this channel, on its event loop. */
  public static ReadCookies of(Channel channel, HttpHeaders request) {
    List<String> headers = request.getAll(HttpHeaderNames.COOKIE);
    if (headers.size() != 1 || headers.getFirst().length() > LONGEST_KEPT) {
      return new ReadCookies(headers);
    }
    Attribute<ReadCookies> last = channel.attr(LAST);
    ReadCookies known = last.get();
    if (known == null || !known.headers.getFirst().equals(headers.getFirst())) {
      known = new ReadCookies(headers);
      last.set(known);
    }
    return known;
  }

  /** Keeps none for a channel on which no request will follow. */
  static void forget(Channel channel) {
    channel.attr(LAST).set(null);
  }

  /** {@link Cookies#named} of them. */
  public List<String> named(String wanted) {
    if (!wanted.equals(name)) {
      named = List.copyOf(Cookies.named(wanted, headers));
      name = wanted;
    }
    return named;
  }

  /** {@link Cookies#withoutOurs} of them. */
  public String withoutOurs() {
    String kept = others;
    if (kept == null) {
      kept = Cookies.withoutOurs(headers);
      others = kept;
    }
    return kept;
  }
}
