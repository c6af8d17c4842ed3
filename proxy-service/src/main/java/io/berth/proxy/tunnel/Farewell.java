package io.berth.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a tunnel that its client is told of. At once nothing more of the client reaches the
 * desktop, and of the desktop only the rest of a frame that has begun; behind it goes a Close
 * frame. The client's answer is waited for, since closing a socket that holds unread bytes could
 * take the frame back. All of it is bounded in time.
 */
// What fails closes its channel, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class Farewell {

  private final Tunnel tunnel;
  private final Ending why;
  private boolean said;

  Farewell(Tunnel tunnel, Ending why) {
    this.tunnel = tunnel;
    this.why = why;
  }

  /** Runs on the tunnel's event loop. */
  void begin(Duration limit) {
    Channel client = tunnel.client();
    client.eventLoop().schedule(tunnel::shut, limit.toNanos(), TimeUnit.NANOSECONDS);
    client.config().setAutoRead(true);
    FrameWalker down = tunnel.down();
    if (down.isLost() || down.sawClose()) {
      // Whatever was sent last still goes out.
      leave(null);
    } else if (down.atBoundary()) {
      leave(why.frame(client.alloc()));
    }
  }

  private void leave(@Nullable ByteBuf frame) {
    said = true;
    tunnel.upstream().close();
    HalfClose.afterwards(tunnel.client(), frame);
  }

  /** Bytes of the client, which go nowhere now. */
  void fromClient(ByteBuf bytes) {
    FrameWalker up = tunnel.up();
    up.walk(bytes);
    bytes.release();
    if (said && up.sawClose()) {
      tunnel.shut();
    }
  }

  /** Bytes of the desktop: the rest of a frame passes. */
  void fromDesktop(ByteBuf bytes) {
    if (said) {
      bytes.release();
      return;
    }
    FrameWalker down = tunnel.down();
    int rest = down.walkToBoundary(bytes);
    Channel client = tunnel.client();
    if (down.isLost()) {
      ReferenceCountUtil.release(bytes);
      tunnel.shut();
    } else if (rest < 0) {
      client.writeAndFlush(bytes, client.voidPromise());
    } else {
      client.write(bytes.readRetainedSlice(rest), client.voidPromise());
      bytes.release();
      leave(down.sawClose() ? null : why.frame(client.alloc()));
    }
  }

  /** The client will send no more, or is gone. */
  void clientEnded() {
    tunnel.shut();
  }

  /** The desktop will send no more. */
  void desktopEnded() {
    if (!said) {
      tunnel.shut();
    }
  }
}
