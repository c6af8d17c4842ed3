package io.berth.proxy.upstream;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A desktop over plain http that opens every WebSocket, then speaks as a test says. */
public final class WebSocketUpstream extends SocketServer {

  /** What it says on an open WebSocket; the connection ends behind it. */
  public interface Conversation {
    void talk(DataInputStream in, OutputStream out, Socket socket) throws IOException;
  }

  private final String headers;
  private final Conversation conversation;
  private final List<Head> heads = new CopyOnWriteArrayList<>();

  public WebSocketUpstream(Conversation conversation) {
    this("", conversation);
  }

  /**
   * @param headers more lines of its 101, each with its line end
   */
  public WebSocketUpstream(String headers, Conversation conversation) {
    super(false, 512);
    this.headers = headers;
    this.conversation = conversation;
    begin();
  }

  /** Heads that came, in order. */
  public List<Head> heads() {
    return heads;
  }

  @Override
  protected void serve(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    Head head = Head.read(in, 64 * 1024);
    if (head.text().isEmpty()) {
      return;
    }
    heads.add(head);
    String key = head.header("Sec-WebSocket-Key").orElse("");
    out.write(
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: %s\r
        %s\r
        """
            .formatted(KasmUpstream.accept(key), headers)
            .getBytes(StandardCharsets.ISO_8859_1));
    conversation.talk(in, out, socket);
  }
}
