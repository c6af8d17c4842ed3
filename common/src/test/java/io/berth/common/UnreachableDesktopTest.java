package io.berth.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreachableDesktopTest {

  @Test
  void readsWhatItWrites() {
    UnreachableDesktop notice = new UnreachableDesktop(new ProxyPath("alice-ubuntu-desktop"), 42);
    assertThat(UnreachableDesktop.parse(notice.payload())).contains(notice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice-x", "alice-x y", "Alice-x 1", "alice-x 1 2", "alice-x  1"})
  void anythingElseIsNoNotice(String payload) {
    assertThat(UnreachableDesktop.parse(payload)).isEmpty();
  }
}
