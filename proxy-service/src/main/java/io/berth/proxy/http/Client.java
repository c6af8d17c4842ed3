package io.berth.proxy.http;

/**
 * Who made a request, as the peer's address and, from trusted proxies only, their headers say.
 *
 * @param address the client's IP address
 * @param forwardedFor the value of X-Forwarded-For for the next hop
 * @param host the Host the client used
 */
public record Client(String address, String forwardedFor, String host) {

  /** Whether a trusted proxy told of it, whose other headers may be believed as well. */
  public boolean isTold() {
    return !address.equals(forwardedFor);
  }
}
