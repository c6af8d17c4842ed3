package io.berth.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Why a tunnel ends, and with which status its client hears of it (RFC 6455 section 7.4). */
enum Ending {
  /** Both ends said all that they had to say, or one is gone: there is nothing to add. */
  FINISHED("finished", 0, ""),
  /** A connection broke. */
  RESET("reset", 0, ""),
  /** Nothing came from either end for too long. */
  IDLE("idle", 1001, "idle"),
  /** The desktop was stopped, or another took its address. */
  ROUTE_GONE("route-gone", 1001, "desktop gone"),
  /** Signed out, revoked or expired: coming back needs a new login. */
  LOGIN_OVER("login-over", 1008, "login over"),
  /** This proxy stops; another one, or the next, goes on (code 1012 of IANA's registry). */
  STOPPING("stopping", 1012, "service restart");

  private static final int CLOSE_FRAME = 0x88;

  private final String word;
  private final int status;
  private final String reason;

  Ending(String word, int status, String reason) {
    this.word = word;
    this.status = status;
    this.reason = reason;
  }

  /** The name for logs and counters. */
  String word() {
    return word;
  }

  /** Whether the client is told. */
  boolean isTold() {
    return status != 0;
  }

  /** What tells it. */
  ByteBuf frame(ByteBufAllocator allocator) {
    ByteBuf frame = allocator.buffer(4 + reason.length());
    frame.writeByte(CLOSE_FRAME).writeByte(2 + reason.length()).writeShort(status);
    ByteBufUtil.writeAscii(frame, reason);
    return frame;
  }
}
