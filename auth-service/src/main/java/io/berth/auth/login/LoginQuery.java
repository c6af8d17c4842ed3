package io.berth.auth.login;

import io.berth.auth.address.ReturnTo;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query of {@code /auth/login}, which travels through the sign-in as it stands. */
final class LoginQuery {

  /** It travels encrypted in a cookie, and browsers drop cookies above 4 KiB. */
  private static final int MAX_LENGTH = 2200;

  private LoginQuery() {}

  /** Whether the query is short and leads to a place that is ours. */
  static boolean isPlain(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return true;
    }
    List<String> values = values(query);
    return query.length() <= MAX_LENGTH
        && values.size() == 1
        && ReturnTo.isLocal(values.getFirst());
  }

  /** Where the query leads; the front page if it does not say or says something foreign. */
  static ReturnTo returnTo(@Nullable String query) {
    if (query == null) {
      return ReturnTo.FRONT_PAGE;
    }
    List<String> values = values(query);
    return values.size() == 1 ? ReturnTo.checked(values.getFirst()) : ReturnTo.FRONT_PAGE;
  }

  private static List<String> values(String query) {
    try {
      List<String> values = new QueryStringDecoder(query, false).parameters().get("return_to");
      return values == null ? List.of() : values;
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}
