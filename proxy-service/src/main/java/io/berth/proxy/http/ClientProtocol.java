package io.berth.proxy.http;

import io.berth.proxy.limit.Refusal;
import io.netty.channel.Channel;

/** What is spoken on sockets that were accepted. */
public interface ClientProtocol {

  /** Puts it on a socket; called on its event loop. */
  void begin(ClientSide side, Channel accepted);

  /** Ends a socket that is one too many. */
  void refuse(Channel accepted, Refusal refusal);

  /** HTTP/1.1 on the bare socket. */
  static ClientProtocol plain() {
    return new ClientProtocol() {
      @Override
      public void begin(ClientSide side, Channel accepted) {
        side.speakHttp1(accepted);
      }

      @Override
      public void refuse(Channel accepted, Refusal refusal) {
        CrowdedOut.close(accepted, refusal);
      }
    };
  }
}
