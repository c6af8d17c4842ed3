package io.berth.session.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A port on which nobody answers at first, and later the server behind it. */
final class LateRelay implements AutoCloseable {

  private final int port;
  private final int target;
  private volatile boolean closed;

  LateRelay(int target, Duration delay) {
    this.target = target;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long end = System.nanoTime() + delay.toNanos();
    Thread.ofVirtual().start(() -> serve(end));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void serve(long from) {
    while (System.nanoTime() < from) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      while (!closed) {
        Socket client = server.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> copy(client, upstream));
        Thread.ofVirtual().start(() -> copy(upstream, client));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has closed.
    }
  }
}
