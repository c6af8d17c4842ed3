package io.berth.chaos.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The network to PostgreSQL, which can be cut, or swallow what is sent. */
public final class DatabaseRelay implements AutoCloseable {

  /** How the network is. */
  public enum State {
    /** Bytes pass. */
    OPEN,
    /** Connections are reset and refused. */
    CUT,
    /** Connections stand; no byte passes. */
    SILENT
  }

  private static final long LOOK_NANOS = 50_000_000;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile State state = State.OPEN;

  DatabaseRelay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  public void become(State next) {
    state = next;
    if (next == State.CUT) {
      sockets.forEach(DatabaseRelay::reset);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (state == State.CUT) {
          reset(client);
        } else {
          Thread.ofVirtual().start(() -> connect(client));
        }
      } catch (IOException e) {
        // Closed, or a client that has gone.
      }
    }
  }

  private void connect(Socket client) {
    sockets.add(client);
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
      sockets.add(upstream);
      Thread back = Thread.ofVirtual().start(() -> copy(upstream, client));
      copy(client, upstream);
      back.join();
      sockets.remove(upstream);
    } catch (IOException e) {
      reset(client); // PostgreSQL is not there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(client);
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] bytes = new byte[16_384];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        while (state == State.SILENT && !from.isClosed()) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException e) {
      // One side has closed.
    }
  }

  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Gone already.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      sockets.forEach(DatabaseRelay::reset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
