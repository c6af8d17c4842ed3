package io.berth.session.quota;

import io.berth.session.container.ContainerRuntime;
import io.berth.session.container.RuntimeUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What desktops may take of their host together: as configured, else as the engine says. */
@ApplicationScoped
public class HostBudget {

  private static final Logger LOG = Logger.getLogger(HostBudget.class);
  private static final Duration ASK_AGAIN = Duration.ofMinutes(5);
  private static final Duration ASK_AGAIN_SOON = Duration.ofSeconds(5);

  /** What is known, until when. */
  private record Known(Share budget, Instant until) {}

  private final QuotaConfig.Host config;
  private final ContainerRuntime runtime;
  private volatile Known known = new Known(Share.UNBOUNDED, Instant.MIN);

  HostBudget(QuotaConfig config, ContainerRuntime runtime) {
    this.config = config.host();
    this.runtime = runtime;
  }

  /** The budget. It asks the engine now and then, so it must not be called in a transaction. */
  public Share now() {
    Known current = known;
    if (Instant.now().isBefore(current.until())) {
      return current.budget();
    }
    Known fresh = ask(current.budget());
    known = fresh;
    return fresh.budget();
  }

  private Known ask(Share before) {
    try {
      Optional<ContainerRuntime.Capacity> host =
          isAllConfigured() ? Optional.empty() : runtime.capacity();
      Share budget =
          new Share(
              config
                  .memory()
                  .map(size -> size.asLongValue())
                  .or(() -> host.map(ContainerRuntime.Capacity::memory))
                  .map(memory -> times(memory, config.memoryOvercommit()))
                  .orElse(Share.UNBOUNDED.memory()),
              (config.cpus().isPresent()
                      ? Optional.of(config.cpus().getAsDouble())
                      : host.map(ContainerRuntime.Capacity::cpus))
                  .map(cpus -> times(cpus, config.cpuOvercommit()))
                  .orElse(Share.UNBOUNDED.cpus()));
      if (!budget.equals(before)) {
        LOG.infof("host budget: memory=%s cpus=%s", words(budget.memory()), words(budget.cpus()));
      }
      return new Known(budget, Instant.now().plus(ASK_AGAIN));
    } catch (RuntimeUnavailable e) {
      return new Known(before, Instant.now().plus(ASK_AGAIN_SOON));
    }
  }

  private boolean isAllConfigured() {
    return (config.memory().isPresent() || config.memoryOvercommit() == 0)
        && (config.cpus().isPresent() || config.cpuOvercommit() == 0);
  }

  private static long times(long memory, double factor) {
    return factor == 0 ? Share.UNBOUNDED.memory() : (long) (memory * factor);
  }

  private static double times(double cpus, double factor) {
    return factor == 0 ? Share.UNBOUNDED.cpus() : cpus * factor;
  }

  private static String words(long memory) {
    return memory == Share.UNBOUNDED.memory() ? "unbounded" : (memory >> 20) + "M";
  }

  private static String words(double cpus) {
    return cpus == Share.UNBOUNDED.cpus() ? "unbounded" : Double.toString(cpus);
  }
}
