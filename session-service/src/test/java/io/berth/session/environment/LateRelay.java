package io.berth.session.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A port on which nobody answers until the test opens it. A system property tells, because the test
 * and this run in different class loaders.
 */
public final class LateRelay implements AutoCloseable {

  private static final String OPEN = "berth.test.relay-open";

  private final int port;
  private final int target;
  private volatile boolean closed;

  LateRelay(int target) {
    this.target = target;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.clearProperty(OPEN);
    Thread.ofVirtual().start(this::serve);
  }

  /** Lets the server behind it answer. */
  public static void open() {
    System.setProperty(OPEN, "yes");
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void serve() {
    while (!closed && System.getProperty(OPEN) == null) {
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
