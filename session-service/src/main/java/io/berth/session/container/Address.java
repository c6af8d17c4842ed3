package io.berth.session.container;

/**
 * Where a container is reached.
 *
 * @param host a numeric address, so that nobody resolves a name on the way of a request
 */
public record Address(String host, int port) {

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
