package io.berth.proxy.tunnel;

import io.berth.common.LoginClaims;
import io.berth.proxy.activity.DesktopWatch;
import io.berth.proxy.limit.TunnelPlace;
import io.berth.proxy.route.Route;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Two sockets on one event loop and the bytes between them. */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Tunnel {

  private static final long HALF_CLOSED_NANOS = Duration.ofSeconds(60).toNanos();

  /**
   * Whose a tunnel is.
   *
   * @param watch where to note what the client does
   * @param place what it takes of what its owner may have
   */
  record Owner(LoginClaims login, Route route, DesktopWatch watch, TunnelPlace place) {}

  private final Owner owner;
  private final Channel client;
  private final Channel upstream;
  private final Duration closeTimeout;
  private final Consumer<Tunnel> whenClosed;
  private final FrameWalker up;
  private final FrameWalker down = new FrameWalker();
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private final long openedAt = System.nanoTime();
  // Written by one event loop only; others may read an older value.
  private long lastByteAt = openedAt;
  private long bytesUp;
  private long bytesDown;
  private boolean halfClosed;
  private @Nullable Farewell farewell;
  private boolean shut;

  /**
   * @param closeTimeout how long a client may take to hear that it is over
   */
  Tunnel(
      Owner owner,
      Channel client,
      Channel upstream,
      Duration closeTimeout,
      Consumer<Tunnel> whenClosed) {
    this.owner = owner;
    this.client = client;
    this.upstream = upstream;
    this.closeTimeout = closeTimeout;
    this.whenClosed = whenClosed;
    this.up = new FrameWalker(new ClientMessages(owner.watch));
  }

  LoginClaims login() {
    return owner.login;
  }

  Route route() {
    return owner.route;
  }

  DesktopWatch watch() {
    return owner.watch;
  }

  TunnelPlace place() {
    return owner.place;
  }

  Channel client() {
    return client;
  }

  Channel upstream() {
    return upstream;
  }

  /** Goes along with the bytes from the client to the desktop. */
  FrameWalker up() {
    return up;
  }

  /** Goes along with the bytes from the desktop to the client. */
  FrameWalker down() {
    return down;
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

  /** Bytes went through, from the client or from the desktop. */
  void passed(int bytes, boolean fromClient) {
    lastByteAt = System.nanoTime();
    if (fromClient) {
      bytesUp += bytes;
    } else {
      bytesDown += bytes;
    }
  }

  /** One end will send no more. */
  void ended() {
    if (halfClosed) {
      end(Ending.FINISHED);
    }
    halfClosed = true;
    lastByteAt = System.nanoTime();
  }

  /** Whether it has been silent for too long. */
  boolean isSilent(long now, Duration idle) {
    long silent = now - lastByteAt;
    return silent > idle.toNanos() || (halfClosed && silent > HALF_CLOSED_NANOS);
  }

  /** What is under way if the client is being told that it is over; asked on the event loop. */
  @Nullable Farewell farewell() {
    return farewell;
  }

  /** Why it ended, or null. */
  @Nullable Ending ending() {
    return ending.get();
  }

  /** Ends it; the first reason counts. May be called from any thread. */
  void end(Ending why) {
    if (!ending.compareAndSet(null, why)) {
      return;
    }
    try {
      client.eventLoop().execute(() -> leave(why));
    } catch (RejectedExecutionException e) {
      shut();
    }
  }

  private void leave(Ending why) {
    if (why.isTold()) {
      Farewell begun = new Farewell(this, why);
      farewell = begun;
      begun.begin(closeTimeout);
    } else {
      shut();
    }
  }

  /** Closes both ends; once. */
  void shut() {
    if (!shut) {
      shut = true;
      client.close();
      upstream.close();
      whenClosed.accept(this);
    }
  }
}
