package io.berth.proxy.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** The same for an edge in a process of its own, on a port that the test knows beforehand. */
public final class PackagedEdgeServices extends EdgeServices {

  private static final int PORT = free();

  static int port() {
    return PORT;
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(super.start());
    settings.put("berth.proxy.port", String.valueOf(PORT));
    settings.put("quarkus.datasource.username", "berth_proxy");
    return settings;
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
