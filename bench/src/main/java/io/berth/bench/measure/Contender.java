package io.berth.bench.measure;

import io.berth.bench.load.FirstAnswer;
import io.berth.bench.load.Target;
import io.berth.bench.load.WrongAnswer;
import io.berth.bench.peer.Peer;
import io.berth.bench.peer.RunningPeer;
import io.berth.bench.process.Footprint;
import java.io.IOException;
import java.time.Duration;

/** A peer that runs and answers. */
public final class Contender implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Lab lab;
  private final Peer peer;
  private final RunningPeer running;
  private final double millisToReady;

  private Contender(Lab lab, Peer peer, RunningPeer running, double millisToReady) {
    this.lab = lab;
    this.peer = peer;
    this.running = running;
    this.millisToReady = millisToReady;
  }

  /** Starts a process and waits for its first right answer. */
  public static Contender start(Lab lab, Peer peer) throws IOException {
    long start = System.nanoTime();
    RunningPeer running = peer.start();
    Target target = new Target(running.port(), lab.authority(), lab.visitors());
    try {
      FirstAnswer.await(target, target.visitor(0), LIMIT, running::isAlive);
    } catch (WrongAnswer e) {
      String lastWords = running.lastWords();
      running.close();
      throw new WrongAnswer(
          peer.name() + " did not get ready: " + e.getMessage() + "\n" + lastWords, e);
    }
    return new Contender(lab, peer, running, (System.nanoTime() - start) / 1e6);
  }

  /** The same peer in a process of its own, with nothing behind it. */
  Contender fresh() throws IOException {
    return start(lab, peer);
  }

  public String name() {
    return peer.name();
  }

  boolean isProxy() {
    return running.isProxy();
  }

  Lab lab() {
    return lab;
  }

  Target target() {
    return new Target(running.port(), lab.authority(), lab.visitors());
  }

  Footprint footprint() {
    return running.footprint();
  }

  double millisToReady() {
    return millisToReady;
  }

  @Override
  public void close() {
    running.close();
  }
}
