package io.berth.bench.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Everything that must end when the benchmark does, on Ctrl-C too; last come, first gone. */
public final class Children implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /** Adopts a child; refused, and ended at once, when the benchmark is ending already. */
  public <T extends AutoCloseable> T adopt(T child) {
    synchronized (this) {
      if (!closed) {
        open.push(child);
        return child;
      }
    }
    end(child);
    throw new IllegalStateException("the benchmark is ending");
  }

  /** Ends one child now. */
  public void end(AutoCloseable child) {
    synchronized (this) {
      open.remove(child);
    }
    try {
      child.close();
    } catch (Exception e) {
      System.err.println("bench: " + child + " did not end well: " + e);
    }
  }

  @Override
  public void close() {
    List<AutoCloseable> rest;
    synchronized (this) {
      closed = true;
      rest = new ArrayList<>(open);
    }
    rest.forEach(this::end);
  }
}
