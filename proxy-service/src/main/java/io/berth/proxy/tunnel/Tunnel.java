package io.berth.proxy.tunnel;

import io.berth.common.LoginClaims;
import io.berth.proxy.route.Route;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** Two sockets on one event loop and the bytes between them. */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Tunnel {

  private static final long HALF_CLOSED_NANOS = Duration.ofSeconds(60).toNanos();

  private final LoginClaims login;
  private final Route route;
  private final Channel client;
  private final Channel upstream;
  private final BiConsumer<Tunnel, String> whenClosed;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final long openedAt = System.nanoTime();
  // Written by one event loop only; others may read an older value.
  private long lastByteAt = openedAt;
  private long bytesUp;
  private long bytesDown;
  private boolean halfClosed;

  Tunnel(
      LoginClaims login,
      Route route,
      Channel client,
      Channel upstream,
      BiConsumer<Tunnel, String> whenClosed) {
    this.login = login;
    this.route = route;
    this.client = client;
    this.upstream = upstream;
    this.whenClosed = whenClosed;
  }

  LoginClaims login() {
    return login;
  }

  Route route() {
    return route;
  }

  Channel client() {
    return client;
  }

  Channel upstream() {
    return upstream;
  }

  long bytesUp() {
    return bytesUp;
  }

  long bytesDown() {
    return bytesDown;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - openedAt);
  }

  /** Bytes went from the client to the desktop. */
  void up(int bytes) {
    lastByteAt = System.nanoTime();
    bytesUp += bytes;
  }

  /** Bytes went from the desktop to the client. */
  void down(int bytes) {
    lastByteAt = System.nanoTime();
    bytesDown += bytes;
  }

  /** One end will send no more. */
  void ended() {
    if (halfClosed) {
      close("finished");
    }
    halfClosed = true;
    lastByteAt = System.nanoTime();
  }

  /** Whether it has been silent for too long. */
  boolean isSilent(long now, Duration idle) {
    long silent = now - lastByteAt;
    return silent > idle.toNanos() || (halfClosed && silent > HALF_CLOSED_NANOS);
  }

  /** Ends it; the first reason counts. May be called from any thread. */
  void close(String reason) {
    if (closed.compareAndSet(false, true)) {
      client.close();
      upstream.close();
      whenClosed.accept(this, reason);
    }
  }
}
