package io.berth.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

  private static final InetSocketAddress PROXY =
      new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 1);
  private static final InetSocketAddress STRANGER =
      new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), 1);

  private static HttpHeaders headers() {
    return new DefaultHttpHeaders()
        .set("Host", "berth.test")
        .add("Forwarded", "for=192.0.2.9;host=forwarded.test")
        .set("X-Forwarded-For", "6.6.6.6, 192.0.2.7")
        .set("X-Forwarded-Host", "x.test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=192.0.2.1 | 192.0.2.1",
        "For=192.0.2.1;proto=https;by=10.0.0.1 | 192.0.2.1",
        "for=6.6.6.6, for=192.0.2.1 | 192.0.2.1",
        "for=\"192.0.2.1:4711\" | 192.0.2.1",
        "for=\"[2001:db8::1]:4711\" | 2001:db8::1",
        "for=\"a,for=6.6.6.6\";for=192.0.2.1 | 192.0.2.1",
        "for=\"\\\",for=6.6.6.6 | 10.0.0.1",
        "for=unknown | 10.0.0.1",
        "for=_hidden | 10.0.0.1",
        "for= | 10.0.0.1",
        "nonsense | 10.0.0.1",
        ", | 10.0.0.1"
      })
  void theNearestProxysWordIsTakenAndOnlyAnAddressIsOne(String forwarded, String client) {
    TrustedProxies trusted = new TrustedProxies(List.of("10.0.0.0/8"), TrustedHeader.FORWARDED);

    Client told = trusted.clientOf(PROXY, new DefaultHttpHeaders().add("Forwarded", forwarded));

    assertThat(told.address()).isEqualTo(client);
  }

  @Test
  void onlyTheHeaderThatTheProxyWritesIsBelieved() {
    TrustedProxies byX = new TrustedProxies(List.of("10.0.0.0/8"), TrustedHeader.X_FORWARDED);
    TrustedProxies byRfc = new TrustedProxies(List.of("10.0.0.0/8"), TrustedHeader.FORWARDED);

    assertThat(byX.clientOf(PROXY, headers()))
        .isEqualTo(new Client("192.0.2.7", "6.6.6.6, 192.0.2.7, 10.0.0.1", "x.test"));
    assertThat(byRfc.clientOf(PROXY, headers()))
        .isEqualTo(new Client("192.0.2.9", "192.0.2.9, 10.0.0.1", "forwarded.test"));
  }

  @Test
  void aStrangersWordIsNot() {
    for (TrustedHeader header : TrustedHeader.values()) {
      TrustedProxies trusted = new TrustedProxies(List.of("10.0.0.0/8"), header);

      assertThat(trusted.clientOf(STRANGER, headers()))
          .isEqualTo(new Client("198.51.100.1", "198.51.100.1", "berth.test"));
    }
  }
}
