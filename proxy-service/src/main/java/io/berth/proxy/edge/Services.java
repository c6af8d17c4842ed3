package io.berth.proxy.edge;

import io.berth.proxy.forward.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The services behind the edge; the identity provider only if Berth brings its own. */
record Services(
    Upstream.Service auth, Upstream.Service session, Optional<Upstream.Service> identityProvider) {

  static Services of(EdgeConfig config) {
    return new Services(
        Upstream.Service.at("auth", config.authService()),
        Upstream.Service.at("session", config.sessionService()),
        config.identityProvider().map(url -> Upstream.Service.at("idp", url)));
  }

  /** All there are. */
  List<Upstream.Service> all() {
    return Stream.concat(Stream.of(auth, session), identityProvider.stream()).toList();
  }
}
