package io.berth.session.quota;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How many desktops there may be, {@code berth.quotas.*}. In each number 0 means none. */
@ConfigMapping(prefix = "berth.quotas")
public interface QuotaConfig {

  /** Live sessions that one person may have. Default 10. */
  @WithDefault("10")
  @PositiveOrZero
  int sessionsPerPerson();

  /** Live sessions of all people together; who comes later waits. Default: any number. */
  Optional<@PositiveOrZero Integer> sessions();

  /** What is different for groups of the identity provider, by their names. Default: nothing. */
  Map<String, Group> groups();

  /**
   * Whether paused sessions count like live ones. If not, resuming one is not held back, so that
   * the host may have to bear more than its budget. Default true.
   */
  @WithDefault("true")
  boolean countPaused();

  /** What desktops may take of their host. */
  Host host();

  /** Who waits for room. */
  Queue queue();

  /** What is different for a group. */
  interface Group {

    /**
     * Live sessions that each member may have, in place of {@code
     * berth.quotas.sessions-per-person}; of several groups the most generous counts. Default: as
     * everyone.
     */
    OptionalInt sessionsPerPerson();

    /**
     * Live sessions of all its members together. A session of somebody in several such groups
     * counts to one of them that has room. Default: any number.
     */
    OptionalInt sessions();
  }

  /**
   * The budget of the host: the sum of the limits of all desktops on it stays below. Limits are
   * ceilings that few desktops reach, hence the factors. A cluster keeps its own budget.
   */
  interface Host {

    /** Memory of the host. Default: what the container engine says. */
    Optional<MemorySize> memory();

    /** Processors of the host. Default: what the container engine says. */
    OptionalDouble cpus();

    /** How often its memory may be promised; 0: without bounds. Default 4. */
    @WithDefault("4")
    @PositiveOrZero
    double memoryOvercommit();

    /** How often its processors may be promised; 0: without bounds. Default 32. */
    @WithDefault("32")
    @PositiveOrZero
    double cpuOvercommit();
  }

  /** The line of those who wait for room. */
  interface Queue {

    /** How many may wait; who comes later is refused; 0: nobody waits. Default 100. */
    @WithDefault("100")
    @Min(0)
    int length();
  }
}
