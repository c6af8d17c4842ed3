package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteChangeTest {

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrites(RouteChange.Kind kind) {
    RouteChange change = new RouteChange(kind, new ProxyPath("alice-ubuntu-desktop"), 42);
    assertThat(RouteChange.parse(change.payload())).contains(change);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "published",
        "published alice-x",
        "moved alice-x 1",
        "published alice-x y",
        "published Alice-x 1"
      })
  void anythingElseIsNoChange(String payload) {
    assertThat(RouteChange.parse(payload)).isEmpty();
  }
}
