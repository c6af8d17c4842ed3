package io.berth.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedUpstreamsTest {

  private final AllowedUpstreams allowed =
      new AllowedUpstreams(
          List.of("127.0.0.1:7000-8000", "10.96.0.0/16:6901", "fd00:10::/64:6901"));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,7000,true",
    "127.0.0.1,8001,false",
    "127.0.0.2,7000,false",
    "10.96.255.1,6901,true",
    "10.96.255.1,5432,false",
    "10.97.0.1,6901,false",
    "169.254.169.254,6901,false",
    "fd00:10::7,6901,true",
    "fd00:11::7,6901,false",
    "desktop.example.com,6901,false",
    "localhost,7000,false"
  })
  void onlyWhatIsListedIsAllowed(String host, int port, boolean expected) {
    assertThat(allowed.allows(new Route.Address(host, port, true, false))).isEqualTo(expected);
  }

  @Test
  void aNetworkThatIsNoneIsRefusedAtStart() {
    assertThatThrownBy(() -> new AllowedUpstreams(List.of("desktops.example/16:6901")))
        .hasMessageContaining("berth.proxy.allowed-upstreams");
  }
}
