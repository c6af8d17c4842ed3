package io.berth.proxy.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The way from an edge to what it depends on: to be cut, or frozen, which accepts in silence. */
final class Line implements AutoCloseable {

  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile int target;
  private volatile boolean frozen;
  private volatile @Nullable ServerSocket listening;

  Line() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mend();
  }

  /** Where it leads, on loopback. */
  Line to(int targetPort) {
    target = targetPort;
    return this;
  }

  int port() {
    return port;
  }

  /** Connections that were ever made. */
  int accepted() {
    return accepted.get();
  }

  /** Connections that the edge holds open. */
  int open() {
    return open.size();
  }

  /** Bytes are lost on their way, new connections are accepted and stay silent. */
  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
  }

  /** Resets what is open and refuses what comes. */
  void cut() {
    try {
      ServerSocket server = listening;
      if (server != null) {
        server.close();
      }
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes connections again. */
  void mend() {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      listening = server;
      Thread.ofVirtual().start(() -> acceptAll(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket edge = server.accept();
        accepted.incrementAndGet();
        open.add(edge);
        Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> copy(edge, database, edge));
        Thread.ofVirtual().start(() -> copy(database, edge, edge));
      } catch (IOException e) {
        // Cut, or PostgreSQL is away: the edge sees its connection end.
        open.forEach(Line::closeQuietly);
      }
    }
  }

  private void copy(Socket from, Socket to, Socket edge) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!frozen) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // One side has closed.
    } finally {
      open.remove(edge);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thaw();
    cut();
  }
}
