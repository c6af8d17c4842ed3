package io.berth.bench.peer;

import java.io.IOException;
import java.util.Optional;

/**
 * A way from the load to the upstream: a proxy's program and its best configuration for the job.
 */
public interface Peer {

  /** As the table calls it. */
  String name();

  /** What is installed; nothing if it is not, and then it is left out. */
  Optional<String> version();

  /** Starts a process of its own on a port of its own; it may not answer yet. */
  RunningPeer start() throws IOException;
}
