package io.berth.proxy.limit;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is counted as one address: an IPv4 address, or an IPv6 network of 64 bits, which is what one
 * customer gets and can choose any address from.
 */
final class AddressKey {

  private static final int IPV4 = 4;
  private static final int NETWORK_BYTES = 8;

  private AddressKey() {}

  static long of(InetAddress address) {
    return of(address.getAddress());
  }

  /** The key of an address in text, or null if it is none. */
  static @Nullable Long of(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return bytes == null ? null : of(bytes);
  }

  private static long of(byte[] bytes) {
    if (bytes.length != IPV4 && isMapped(bytes)) {
      return joined(bytes, bytes.length - IPV4, bytes.length);
    }
    return joined(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }

  /** {@code ::ffff:192.0.2.1} is an IPv4 address in other clothes. */
  private static boolean isMapped(byte[] bytes) {
    return joined(bytes, 0, NETWORK_BYTES) == 0
        && joined(bytes, NETWORK_BYTES, bytes.length - IPV4) == 0xffff;
  }

  private static long joined(byte[] bytes, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
    }
    return value;
  }
}
