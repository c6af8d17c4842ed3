package io.berth.proxy.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts connections on loopback, each on a virtual thread, and counts them. */
public abstract class SocketServer implements AutoCloseable {

  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /**
   * @param tls whether to speak TLS with a certificate of no authority
   * @param backlog connections that may wait to be accepted
   */
  protected SocketServer(boolean tls, int backlog) {
    this(tls, backlog, 0);
  }

  /** The same at a port of choice, as a desktop that was started again. */
  protected SocketServer(boolean tls, int backlog, int port) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      listening =
          tls
              ? TestCertificate.context()
                  .getServerSocketFactory()
                  .createServerSocket(port, backlog, loopback)
              : new ServerSocket(port, backlog, loopback);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins to accept; the last thing that a constructor does. */
  protected final void begin() {
    Thread.ofVirtual().start(this::acceptAll);
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        accepted.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serveAndClose(socket));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void serveAndClose(Socket socket) {
    try (socket) {
      serve(socket);
    } catch (IOException e) {
      // The peer went away: what many of the tests are about.
    } finally {
      open.remove(socket);
    }
  }

  /** Serves one connection; it is closed afterwards. */
  protected abstract void serve(Socket socket) throws IOException;

  public int port() {
    return listening.getLocalPort();
  }

  /** Connections that were ever made. */
  public int accepted() {
    return accepted.get();
  }

  /** Connections that are open. */
  public int open() {
    return open.size();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
