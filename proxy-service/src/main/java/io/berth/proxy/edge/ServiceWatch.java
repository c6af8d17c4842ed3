package io.berth.proxy.edge;

import io.berth.proxy.forward.Upstream;
import io.berth.proxy.route.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows which of the services behind the edge take no connection, so that health can name them
 * before a person finds out. Nothing is decided by it.
 */
final class ServiceWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ServiceWatch.class);

  private final List<Upstream.Service> services;
  private final Duration every;
  private final Map<String, Instant> awaySince = new ConcurrentHashMap<>();
  private @Nullable Thread watching;

  ServiceWatch(List<Upstream.Service> services, Duration every) {
    this.services = List.copyOf(services);
    this.every = every;
  }

  void start() {
    watching = Thread.ofVirtual().name("service-watch").start(this::watch);
  }

  /** How long each service that takes no connection has been so, by name. */
  Map<String, Duration> away() {
    Map<String, Duration> away = new TreeMap<>();
    Instant now = Instant.now();
    awaySince.forEach((name, since) -> away.put(name, Duration.between(since, now)));
    return away;
  }

  private void watch() {
    try {
      while (true) {
        services.forEach(this::look);
        TimeUnit.MILLISECONDS.sleep(every.toMillis());
      }
    } catch (InterruptedException e) {
      // The edge stops.
    }
  }

  private void look(Upstream.Service service) {
    Route.Address address = service.address();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.host(), address.port()), (int) every.toMillis());
      if (awaySince.remove(service.name()) != null) {
        LOG.infof("service=%s is back at %s", service.name(), address);
      }
    } catch (IOException e) {
      if (awaySince.putIfAbsent(service.name(), Instant.now()) == null) {
        LOG.warnf(
            "service=%s takes no connection at %s (%s): open desktops keep working",
            service.name(), address, e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    Thread running = watching;
    if (running != null) {
      running.interrupt();
    }
  }
}
