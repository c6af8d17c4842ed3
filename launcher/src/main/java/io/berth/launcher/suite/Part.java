package io.berth.launcher.suite;

import io.berth.launcher.process.Readiness;
import java.util.Optional;

/** Something that runs in a process of its own and can be started, asked and stopped. */
public interface Part {

  /** As people and log files call it. */
  String name();

  /** Where it listens. */
  int port();

  /** Its process, if it runs. */
  Optional<ProcessHandle> process();

  /** What it says of itself. */
  Readiness.Answer health();

  /** Starts it; returns when it does its job. It must not be running. */
  void start();

  /** Stops it if it runs; what it keeps is kept. */
  void stop();
}
