package io.berth.bench.measure;

import io.berth.bench.berth.BerthEdge;
import io.berth.bench.berth.Person;
import io.berth.bench.berth.Platform;
import io.berth.bench.load.Latencies;
import io.berth.bench.load.OneConnection;
import io.berth.bench.load.Target;
import io.berth.bench.load.Visitor;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.report.Figure;
import io.berth.bench.report.Figure.Reading;
import io.berth.bench.upstream.Content;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** From a route's commit in PostgreSQL to the first answer through it. */
public final class RoutePropagation implements Measure {

  private static final int PATIENCE_MILLIS = 5_000;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Figure P50 = Figure.less("route.p50", "route commit to answer, p50", "ms");
  private static final Figure MOST = Figure.less("route.max", "route commit to answer, max", "ms");

  private final Platform platform;

  public RoutePropagation(Platform platform) {
    this.platform = platform;
  }

  @Override
  public String name() {
    return "route propagation";
  }

  @Override
  public boolean appliesTo(Contender contender) {
    return BerthEdge.isOne(contender.name());
  }

  @Override
  public List<Reading> take(Contender contender) throws IOException, SQLException {
    Latencies latencies = new Latencies();
    Person newcomer = platform.newcomer();
    Visitor visitor = newcomer.visitor(platform.key());
    Target target = contender.target();
    byte[] request = target.request(visitor, Content.SMALL);
    try (OneConnection connection = new OneConnection(target, PATIENCE_MILLIS)) {
      for (int i = 0; i < contender.lab().scale().routes(); i++) {
        untilReply(connection, request, OneConnection.Reply.OTHER);
        long committed = platform.book().publish(newcomer);
        try {
          untilReply(connection, request, OneConnection.Reply.RIGHT);
          latencies.add(System.nanoTime() - committed);
        } finally {
          platform.book().withdraw(newcomer);
        }
      }
    }
    return List.of(P50.is(latencies.micros(50) / 1_000), MOST.is(latencies.micros(100) / 1_000));
  }

  private static void untilReply(
      OneConnection connection, byte[] request, OneConnection.Reply wanted) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (connection.ask(request) != wanted) {
      if (System.nanoTime() > deadline) {
        throw new WrongAnswer("no %s answer within %s of the change".formatted(wanted, LIMIT));
      }
    }
  }
}
