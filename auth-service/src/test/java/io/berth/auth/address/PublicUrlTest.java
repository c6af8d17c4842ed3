package io.berth.auth.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:5006, http://localhost:5006, berth",
    "http://localhost:5006/, http://localhost:5006, berth",
    "HTTPS://Berth.Example.com, https://berth.example.com, __Host-berth",
    "https://berth.example.com:443, https://berth.example.com, __Host-berth",
    "http://berth.example.com:80/, http://berth.example.com, berth",
  })
  void isTheOriginAsBrowsersWriteIt(String configured, String origin, String cookie) {
    PublicUrl url = new PublicUrl(() -> configured);

    assertThat(url.origin()).isEqualTo(origin);
    assertThat(url.loginCookieName()).isEqualTo(cookie);
  }
}
