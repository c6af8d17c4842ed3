package io.berth.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private final List<Limit> met = Collections.synchronizedList(new ArrayList<>());

  private static LimitsConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(LimitsConfig.class, "limits")
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build()
        .getConfigMapping(LimitsConfig.class, "limits");
  }

  private Limits limits(Map<String, String> settings) {
    return new Limits(config(settings), met::add);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ConnectionPlace connected(Limits limits, String address) {
    return switch (limits.connect(address(address), false)) {
      case Admission.Admitted<ConnectionPlace> admitted -> admitted.place();
      case Admission.Refused<ConnectionPlace> refused ->
          throw new AssertionError(refused.refusal().toString());
    };
  }

  private static ConnectionPlace connectedProxy(Limits limits) {
    return switch (limits.connect(address("192.0.2.1"), true)) {
      case Admission.Admitted<ConnectionPlace> admitted -> admitted.place();
      case Admission.Refused<ConnectionPlace> refused ->
          throw new AssertionError(refused.refusal().toString());
    };
  }

  private static boolean connects(Limits limits, String address) {
    return limits.connect(address(address), false) instanceof Admission.Admitted;
  }

  @Test
  void anAddressHasOnlySoManyConnectionsAndOthersHaveTheirs() {
    Limits limits = limits(Map.of("limits.address.connections", "2"));

    ConnectionPlace first = connected(limits, "192.0.2.1");
    connected(limits, "192.0.2.1");

    assertThat(connects(limits, "192.0.2.1")).isFalse();
    assertThat(connects(limits, "192.0.2.2")).isTrue();
    first.leave();
    assertThat(connects(limits, "192.0.2.1")).isTrue();
    assertThat(met).containsExactly(Limit.ADDRESS_CONNECTIONS);
    assertThat(limits.connections()).isEqualTo(3);
  }

  @Test
  void aTrustedProxyMayHaveAsManyConnectionsAsItNeeds() {
    Limits limits = limits(Map.of("limits.address.connections", "1"));

    assertThat(limits.connect(address("192.0.2.1"), true)).isInstanceOf(Admission.Admitted.class);
    assertThat(limits.connect(address("192.0.2.1"), true)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void behindATrustedProxyTheAddressThatItNamesIsCounted() {
    ConnectionPlace proxy = connectedProxy(limits(Map.of()));
    ConnectionPlace direct = connected(limits(Map.of()), "192.0.2.1");

    assertThat(proxy.beginExchange("192.0.2.7")).isSameAs(proxy.beginExchange("192.0.2.7"));
    assertThat(proxy.beginExchange("192.0.2.7")).isNotSameAs(proxy.beginExchange("192.0.2.8"));
    assertThat(proxy.beginExchange("nonsense")).isSameAs(proxy.peer());
    assertThat(direct.beginExchange("192.0.2.7")).isSameAs(direct.peer());
  }

  @Test
  void allTogetherHaveOnlySoManyConnections() {
    Limits limits = limits(Map.of("limits.connections", "2"));

    assertThat(connects(limits, "192.0.2.1")).isTrue();
    assertThat(limits.connect(address("192.0.2.2"), true)).isInstanceOf(Admission.Admitted.class);
    assertThat(connects(limits, "192.0.2.3")).isFalse();
    assertThat(limits.connections()).isEqualTo(2);
    assertThat(met).containsExactly(Limit.CONNECTIONS);
  }

  @Test
  void anIpv6NetworkOf64BitsIsOneAddressAndAMappedAddressIsItsIpv4() {
    assertThat(AddressKey.of(address("2001:db8:1:2::1")))
        .isEqualTo(AddressKey.of(address("2001:db8:1:2:ffff:ffff:ffff:ffff")))
        .isNotEqualTo(AddressKey.of(address("2001:db8:1:3::1")));
    assertThat(AddressKey.of("::ffff:192.0.2.1")).isEqualTo(AddressKey.of("192.0.2.1"));
    assertThat(AddressKey.of("192.0.2.1")).isNotEqualTo(AddressKey.of("192.0.2.2"));
    assertThat(AddressKey.of("::1")).isNotEqualTo(AddressKey.of("127.0.0.1"));
    assertThat(AddressKey.of("unknown")).isNull();
  }

  @Test
  void requestsThatComeTooFastAreToldWhenToComeAgain() {
    Limits limits =
        limits(
            Map.of("limits.person.requests-per-second", "1", "limits.person.request-burst", "2"));
    Share person = limits.beginExchange("alice");
    Share other = limits.beginExchange("bob");
    long now = System.nanoTime();

    assertThat(person.refuseExchange(now)).isNull();
    assertThat(person.refuseExchange(now)).isNull();
    assertThat(person.refuseExchange(now)).isEqualTo(new Refusal(Limit.PERSON_REQUESTS, 1));
    assertThat(other.refuseExchange(now)).isNull();
  }

  @Test
  void onlySoManyRequestsAreUnderWayAtOnce() {
    Limits limits = limits(Map.of("limits.address.exchanges", "2"));
    Share address = connected(limits, "192.0.2.1").peer();
    long now = System.nanoTime();

    assertThat(address.beginExchange().refuseExchange(now)).isNull();
    assertThat(address.beginExchange().refuseExchange(now)).isNull();
    assertThat(address.beginExchange().refuseExchange(now)).isNotNull();
    address.endExchange();
    address.endExchange();
    assertThat(address.beginExchange().refuseExchange(now)).isNull();
    assertThat(met).containsExactly(Limit.ADDRESS_EXCHANGES);
  }

  private static Admission<TunnelPlace> tunnel(Limits limits, Share address, String person) {
    Share share = limits.beginExchange(person);
    try {
      return limits.openTunnel(address, share, System.nanoTime());
    } finally {
      share.endExchange();
    }
  }

  @Test
  void aPersonAndAnAddressHaveOnlySoManyTunnels() {
    Limits limits = limits(Map.of("limits.person.tunnels", "1", "limits.address.tunnels", "2"));
    Share address = connected(limits, "192.0.2.1").peer();

    Admission<TunnelPlace> alice = tunnel(limits, address, "alice");

    assertThat(tunnel(limits, address, "alice"))
        .isEqualTo(new Admission.Refused<TunnelPlace>(new Refusal(Limit.PERSON_TUNNELS, 5)));
    assertThat(tunnel(limits, address, "bob")).isInstanceOf(Admission.Admitted.class);
    assertThat(tunnel(limits, address, "carol"))
        .isEqualTo(new Admission.Refused<TunnelPlace>(new Refusal(Limit.ADDRESS_TUNNELS, 5)));
    if (alice instanceof Admission.Admitted<TunnelPlace>(TunnelPlace place)) {
      place.leave();
    }
    assertThat(tunnel(limits, address, "alice")).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void tunnelsMayBeOpenedOnlySoOften() {
    Limits limits = limits(Map.of("limits.person.new-tunnels-per-minute", "3"));
    Share address = connected(limits, "192.0.2.1").peer();

    for (int i = 0; i < 3; i++) {
      assertThat(tunnel(limits, address, "alice")).isInstanceOf(Admission.Admitted.class);
    }

    assertThat(tunnel(limits, address, "alice"))
        .isEqualTo(new Admission.Refused<TunnelPlace>(new Refusal(Limit.PERSON_NEW_TUNNELS, 20)));
  }

  @Test
  void whatIsSwitchedOffHoldsNobody() {
    Limits limits = limits(Map.of("limits.enabled", "false", "limits.connections", "1"));
    Limits zero = limits(Map.of("limits.person.tunnels", "0", "limits.address.tunnels", "0"));
    ConnectionPlace place = connected(limits, "192.0.2.1");
    Share address = connected(limits, "192.0.2.1").peer();
    long now = System.nanoTime();

    for (int i = 0; i < 20_000; i++) {
      assertThat(address.beginExchange().refuseExchange(now)).isNull();
      address.cameWithoutLogin(now);
    }
    assertThat(address.refuseWithoutLogin(now)).isNull();
    for (int i = 0; i < 200; i++) {
      assertThat(tunnel(zero, place.peer(), "alice")).isInstanceOf(Admission.Admitted.class);
    }
  }

  @Test
  void aFloodOfAddressesIsForgottenAndWhoHoldsSomethingIsNot() {
    Limits limits = limits(Map.of("limits.remembered", "1000", "limits.address.connections", "1"));
    ConnectionPlace proxy = connectedProxy(limits);
    connected(limits, "192.0.2.2");

    for (int i = 0; i < 200_000; i++) {
      Share flood = proxy.beginExchange("2001:db8:%x:%x::1".formatted(i >>> 16, i & 0xffff));
      flood.cameWithoutLogin(System.nanoTime());
      flood.endExchange();
    }

    assertThat(limits.remembered()).isLessThanOrEqualTo(1_001);
    assertThat(connects(limits, "192.0.2.2")).isFalse();
  }

  @Test
  void whoIsAtRestIsForgottenBeforeThereIsNoRoom() {
    Limits limits = limits(Map.of());
    ConnectionPlace proxy = connectedProxy(limits);

    for (int i = 0; i < 10_000; i++) {
      proxy.beginExchange("10.1.%d.%d".formatted(i >>> 8, i & 0xff)).endExchange();
    }

    assertThat(limits.remembered()).isLessThan(100);
  }

  @Test
  void fromManyThreadsNothingIsLostAndNobodyGetsMoreThanAllowed() throws Exception {
    Limits limits =
        limits(
            Map.of(
                "limits.remembered", "1",
                "limits.person.tunnels", "2",
                "limits.person.new-tunnels-per-minute", "0",
                "limits.address.new-tunnels-per-minute", "0"));
    Share address = connected(limits, "192.0.2.1").peer();
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Callable<Void> work =
        () -> {
          for (int i = 0; i < 20_000; i++) {
            // Others come and go, so that alice is forgotten as often as can be.
            limits.beginExchange("other" + i % 7).endExchange();
            if (tunnel(limits, address, "alice")
                instanceof Admission.Admitted<TunnelPlace>(TunnelPlace place)) {
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              open.decrementAndGet();
              place.leave();
            }
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Void> done : threads.invokeAll(List.of(work, work, work, work))) {
        done.get();
      }
    }

    assertThat(most.get()).isBetween(1, 2);
    Share alice = limits.beginExchange("alice");
    alice.endExchange();
    assertThat(alice.holdsNothing()).isTrue();
  }

  @Test
  void theDefaultsAreTheOnesThatAreWrittenDown() {
    LimitsConfig config = config(Map.of());

    assertThat(config.enabled()).isTrue();
    assertThat(config.connections()).isEqualTo(20_000);
    assertThat(config.remembered()).isEqualTo(32_768);
    assertThat(config.address().requestsPerSecond()).isEqualTo(1_000);
    assertThat(config.address().requestBurst()).isEqualTo(5_000);
    assertThat(config.address().exchanges()).isEqualTo(2_048);
    assertThat(config.address().connections()).isEqualTo(4_096);
    assertThat(config.address().tunnels()).isEqualTo(2_048);
    assertThat(config.address().newTunnelsPerMinute()).isEqualTo(6_000);
    assertThat(config.address().withoutLoginPerSecond()).isEqualTo(50);
    assertThat(config.address().withoutLoginBurst()).isEqualTo(1_000);
    assertThat(config.person().requestsPerSecond()).isEqualTo(200);
    assertThat(config.person().requestBurst()).isEqualTo(1_000);
    assertThat(config.person().exchanges()).isEqualTo(256);
    assertThat(config.person().tunnels()).isEqualTo(128);
    assertThat(config.person().newTunnelsPerMinute()).isEqualTo(240);
  }

  @Test
  void aFailedSignInCountsAgainstItsAddressOnly() {
    Limits limits =
        limits(
            Map.of(
                "limits.address.without-login-per-second",
                "1",
                "limits.address.without-login-burst",
                "2"));
    Share address = connected(limits, "192.0.2.1").peer();
    Share other = connected(limits, "192.0.2.2").peer();
    long now = System.nanoTime();

    assertThat(address.refuseWithoutLogin(now)).isNull();
    address.cameWithoutLogin(now);
    address.cameWithoutLogin(now);

    assertThat(address.refuseWithoutLogin(now))
        .isEqualTo(new Refusal(Limit.ADDRESS_WITHOUT_LOGIN, 1));
    assertThat(other.refuseWithoutLogin(now)).isNull();
    assertThat(address.beginExchange().refuseExchange(now)).isNull();
  }
}
