package io.berth.auth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A line to a server on this machine that can be put up and cut. */
public final class Line implements AutoCloseable {

  private final int from;
  private final int to;
  private final List<Socket> ends = new ArrayList<>();
  private final List<ServerSocket> listening = new ArrayList<>();

  public Line(int from, int to) {
    this.from = from;
    this.to = to;
  }

  /** Takes connections from now on. */
  public synchronized void putUp() {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), from));
      listening.add(socket);
      Thread.startVirtualThread(() -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts every connection and refuses more. */
  public synchronized void cut() {
    listening.forEach(Line::closeQuietly);
    ends.forEach(Line::closeQuietly);
    listening.clear();
    ends.clear();
  }

  @Override
  public void close() {
    cut();
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket near = socket.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        keep(near, far);
        Thread.startVirtualThread(() -> carry(near, far));
        Thread.startVirtualThread(() -> carry(far, near));
      } catch (IOException e) {
        closeQuietly(socket);
      }
    }
  }

  private synchronized void keep(Socket near, Socket far) {
    ends.add(near);
    ends.add(far);
  }

  private static void carry(Socket one, Socket other) {
    try {
      one.getInputStream().transferTo(other.getOutputStream());
    } catch (IOException e) {
      // Cut; the other half hears of it below.
    } finally {
      closeQuietly(one);
      closeQuietly(other);
    }
  }

  private static void closeQuietly(AutoCloseable end) {
    try {
      end.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
