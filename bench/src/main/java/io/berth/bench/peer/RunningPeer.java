package io.berth.bench.peer;

import io.berth.bench.process.ChildProcess;
import io.berth.bench.process.Footprint;
import org.jspecify.annotations.Nullable;

/** A started peer: its port on 127.0.0.1 and its processes. */
public final class RunningPeer implements AutoCloseable {

  private final int port;
  private final @Nullable ChildProcess process;

  private RunningPeer(int port, @Nullable ChildProcess process) {
    this.port = port;
    this.process = process;
  }

  static RunningPeer none(int port) {
    return new RunningPeer(port, null);
  }

  /** A process that listens, or soon will. */
  public static RunningPeer of(int port, ChildProcess process) {
    return new RunningPeer(port, process);
  }

  public int port() {
    return port;
  }

  /** Whether there is a process in between at all. */
  public boolean isProxy() {
    return process != null;
  }

  public boolean isAlive() {
    return process == null || process.isAlive();
  }

  public Footprint footprint() {
    return process == null ? Footprint.NONE : process.footprint();
  }

  /** The end of its log. */
  public String lastWords() {
    return process == null ? "" : process.lastWords();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
