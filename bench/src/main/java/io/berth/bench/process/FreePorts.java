package io.berth.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports on 127.0.0.1 below the range from which outgoing connections take theirs (32768 and up):
 * with thousands of tunnels a free one up there is soon taken.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int LAST = 31_999;
  private static final AtomicInteger NEXT =
      new AtomicInteger(FIRST + (int) (ProcessHandle.current().pid() * 97 % 9_000));

  private FreePorts() {}

  /** A free port. */
  public static int one() {
    return block(1);
  }

  /** The first of {@code size} free ports in a row. */
  public static int block(int size) {
    for (int attempt = 0; attempt < 200; attempt++) {
      int first = NEXT.getAndUpdate(port -> port + size > LAST - 2 * size ? FIRST : port + size);
      if (areFree(first, size)) {
        return first;
      }
    }
    throw new IllegalStateException("no " + size + " free ports in a row on 127.0.0.1");
  }

  private static boolean areFree(int first, int size) {
    for (int port = first; port < first + size; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
