package io.berth.bench.measure;

import io.berth.bench.berth.BerthEdge;
import io.berth.bench.berth.Platform;
import io.berth.bench.load.Latencies;
import io.berth.bench.load.OneConnection;
import io.berth.bench.load.Target;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import io.berth.bench.upstream.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The same request with a login that the edge knows, and with one that it sees first. */
public final class LoginVerification implements Measure {

  private static final int PATIENCE_MILLIS = 5_000;
  private static final Figure KNOWN = Figure.less("login.known", "request, known login, p50", "µs");
  private static final Figure NEW = Figure.less("login.new", "request, new login, p50", "µs");
  private static final Figure CPU = Figure.less("login.cpu", "CPU to verify a login", "µs");

  private final Platform platform;

  public LoginVerification(Platform platform) {
    this.platform = platform;
  }

  @Override
  public String name() {
    return "login verification";
  }

  @Override
  public boolean appliesTo(Contender contender) {
    return BerthEdge.isOne(contender.name());
  }

  @Override
  public List<Reading> take(Contender contender) throws IOException {
    int number = contender.lab().scale().logins();
    Target target = contender.target();
    byte[] known = target.request(target.visitor(0), Content.SMALL);
    List<byte[]> knownLogins = Collections.nCopies(number, known);
    List<byte[]> newLogins = newLogins(target, number);
    try (OneConnection connection = new OneConnection(target, PATIENCE_MILLIS)) {
      // Both ways of the edge are warm before either is measured.
      ask(connection, knownLogins);
      ask(connection, newLogins(target, number));
      double start = contender.footprint().cpuSeconds();
      Latencies ofKnown = ask(connection, knownLogins);
      double between = contender.footprint().cpuSeconds();
      Latencies ofNew = ask(connection, newLogins);
      double end = contender.footprint().cpuSeconds();
      return List.of(
          KNOWN.is(ofKnown.micros(50)),
          NEW.is(ofNew.micros(50)),
          CPU.is(((end - between) - (between - start)) / number * 1e6));
    }
  }

  private List<byte[]> newLogins(Target target, int number) {
    List<byte[]> requests = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      requests.add(target.request(platform.first().visitor(platform.key()), Content.SMALL));
    }
    return requests;
  }

  private static Latencies ask(OneConnection connection, List<byte[]> requests) throws IOException {
    Latencies latencies = new Latencies();
    for (byte[] request : requests) {
      long start = System.nanoTime();
      if (connection.ask(request) != OneConnection.Reply.RIGHT) {
        throw new WrongAnswer("a login was refused");
      }
      latencies.add(System.nanoTime() - start);
    }
    return latencies;
  }
}
