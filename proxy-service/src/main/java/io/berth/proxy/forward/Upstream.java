package io.berth.proxy.forward;

import io.berth.proxy.route.Route;
import java.net.URI;

/** Where a request goes. Connections are kept by {@link #key}, so no two of these share one. */
public sealed interface Upstream {

  /** What tells this upstream from every other that ever was. */
  Object key();

  /** Where it listens. */
  Route.Address address();

  /** One of Berth's own services. */
  record Service(String name, Route.Address address) implements Upstream {

    /** The service at a URL such as {@code http://127.0.0.1:5008}. */
    public static Service at(String name, URI url) {
      boolean tls = "https".equals(url.getScheme());
      int port = url.getPort() == -1 ? (tls ? 443 : 80) : url.getPort();
      return new Service(name, new Route.Address(url.getHost(), port, tls, true));
    }

    @Override
    public Object key() {
      return name;
    }
  }

  /** One incarnation of a desktop. */
  record Desktop(Route route) implements Upstream {

    @Override
    public Object key() {
      return route.generation();
    }

    @Override
    public Route.Address address() {
      return route.upstream();
    }
  }
}
