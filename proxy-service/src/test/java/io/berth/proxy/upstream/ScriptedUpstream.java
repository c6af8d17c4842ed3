package io.berth.proxy.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An upstream that answers each head just as a test says, over plain http. */
public final class ScriptedUpstream extends SocketServer {

  /** Answers one request; returning false ends the connection. */
  public interface Script {
    boolean answer(Head head, InputStream in, OutputStream out) throws IOException;
  }

  private final Script script;
  private final List<Head> heads = new CopyOnWriteArrayList<>();

  public ScriptedUpstream(Script script) {
    super(false, 128);
    this.script = script;
    begin();
  }

  /** One that gives the same bytes to every request and closes. */
  public static ScriptedUpstream saying(String answer) {
    return new ScriptedUpstream((head, in, out) -> {
      out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
      return false;
    });
  }

  /** Heads that came, in order. */
  public List<Head> heads() {
    return heads;
  }

  @Override
  protected void serve(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    boolean goOn = true;
    while (goOn) {
      Head head = Head.read(in, 64 * 1024);
      if (head.text().isEmpty()) {
        return;
      }
      heads.add(head);
      goOn = script.answer(head, in, out);
      out.flush();
    }
  }
}
