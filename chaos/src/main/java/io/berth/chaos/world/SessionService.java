package io.berth.chaos.world;

import org.jspecify.annotations.Nullable;

/** A replica of session-service at its port: killed and started again, it keeps that. */
public final class SessionService implements AutoCloseable {

  private final ServiceProcess.Recipe recipe;
  private final int port;
  private @Nullable ServiceProcess process;

  SessionService(ServiceProcess.Recipe recipe, int port) {
    this.recipe = recipe;
    this.port = port;
  }

  public int port() {
    return port;
  }

  /** Starts it; it may not be ready yet. */
  public ServiceProcess start() {
    ServiceProcess started = ServiceProcess.start(recipe);
    process = started;
    return started;
  }

  /** The process that was started last. */
  public ServiceProcess process() {
    ServiceProcess now = process;
    if (now == null) {
      throw new IllegalStateException(recipe.name() + " was not started");
    }
    return now;
  }

  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
  }
}
