package io.berth.bench.measure;

import io.berth.bench.load.OneConnection;
import io.berth.bench.load.Target;
import io.berth.bench.load.Visitor;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.upstream.Content;
import java.io.IOException;

/** That logins are checked while the edge is measured: figures of an open door compare nothing. */
public final class Guarded {

  private static final int PATIENCE_MILLIS = 5_000;

  private Guarded() {}

  /** Tries somebody's desktop with a broken login and with somebody else's. */
  public static void check(Contender contender) throws IOException {
    Target target = contender.target();
    Visitor owner = target.visitor(0);
    refused(target, owner.with("no.login.token"));
    refused(
        target, owner.with(owner.token().substring(0, owner.token().length() - 8) + "AAAAAAAA"));
    refused(target, owner.with(target.visitor(1).token()));
  }

  private static void refused(Target target, Visitor visitor) throws IOException {
    try (OneConnection connection = new OneConnection(target, PATIENCE_MILLIS)) {
      if (connection.ask(target.request(visitor, Content.SMALL)) == OneConnection.Reply.RIGHT) {
        throw new WrongAnswer("the edge let somebody in without the owner's login");
      }
    }
  }
}
