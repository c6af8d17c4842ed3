package io.berth.session.catalogue;

import io.berth.common.DesktopTypeName;
import io.berth.common.ProxyPath;
import io.berth.common.Slug;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A desktop type that people can launch.
 *
 * @param title its name for people
 * @param groups to whose members it is open; none means everyone
 * @param port where the desktop listens in its container
 * @param scheme {@code https} or {@code http}
 * @param readyPath what answers 200, with authorization, when the desktop is ready
 * @param username user of the desktop's Basic authentication
 * @param passwordVariable the variable by which the container learns its password
 * @param placement where in a cluster it runs
 * @param home the folder that is kept, nothing if none is
 * @param startOnVisit whether a person's visit to its address starts it
 * @param pause what a pause does to its container
 * @param timeouts when its sessions end by themselves
 * @param pool the warm seats that are kept of it
 * @param standIn what takes the public image's place where that can't be pulled
 */
public record DesktopType(
    DesktopTypeName name,
    String title,
    String description,
    Set<String> groups,
    Image image,
    int port,
    String scheme,
    boolean verifyTls,
    String readyPath,
    String username,
    String passwordVariable,
    Map<String, String> environment,
    Limits limits,
    Gpus gpus,
    Placement placement,
    List<String> capabilities,
    Hardening hardening,
    Optional<Home> home,
    boolean startOnVisit,
    PauseMode pause,
    Timeouts timeouts,
    Duration startTimeout,
    Pool pool,
    Optional<Image> standIn) {

  public DesktopType {
    groups = Set.copyOf(groups);
    environment = Map.copyOf(environment);
    capabilities = List.copyOf(capabilities);
  }

  /** An image and what the web client in it needs. */
  public record Image(String name, Client client) {}

  /** What a web client needs of the edge. */
  public record Client(
      String startQuery, boolean stripPrefix, List<String> blockedPrefixes, ActivityKind activity) {

    public Client {
      blockedPrefixes = List.copyOf(blockedPrefixes);
    }
  }

  /**
   * What a container may use: bytes of memory, processors, processes, bytes of shared memory.
   *
   * @param oomScore how much sooner than others it ends when the host is out of memory
   */
  public record Limits(
      long memory, double cpus, long pids, long sharedMemory, long openFiles, int oomScore) {}

  /**
   * Graphics processors.
   *
   * @param count of NVIDIA's, -1 for all
   * @param devices others, such as {@code /dev/dri/renderD128}
   */
  public record Gpus(int count, List<String> devices) {

    public Gpus {
      devices = List.copyOf(devices);
    }
  }

  /**
   * What keeps a container from its host and from others.
   *
   * @param isolated whether it reaches nothing; else the internet
   * @param user as whom it runs
   * @param seccomp which system calls it has
   * @param appArmor what AppArmor lets it do
   * @param readOnlyRoot whether it writes nothing but its home, shared memory and {@code tmpfs}
   * @param tmpfs folders in memory and their greatest sizes in bytes
   * @param extraHosts more names that it resolves, and their addresses
   */
  public record Hardening(
      boolean isolated,
      int user,
      Profile seccomp,
      Profile appArmor,
      boolean readOnlyRoot,
      Map<String, Long> tmpfs,
      Map<String, String> extraHosts) {

    public Hardening {
      tmpfs = Map.copyOf(tmpfs);
      extraHosts = Map.copyOf(extraHosts);
    }
  }

  /** A security profile. */
  public sealed interface Profile {

    /** The engine's own. */
    record OfEngine() implements Profile {}

    /** None: everything is allowed. */
    record Unconfined() implements Profile {}

    /** This one: the text of a seccomp profile, the name of an AppArmor profile. */
    record Given(String profile) implements Profile {}
  }

  /**
   * The warm seats that are kept.
   *
   * @param min as long as no window of the schedule says otherwise
   * @param demandWindow how far back launches count as demand
   * @param maxAge after which a seat is made anew
   */
  public record Pool(
      int max,
      int min,
      Duration demandWindow,
      Duration maxAge,
      ZoneId zone,
      List<Window> schedule) {

    public Pool {
      schedule = List.copyOf(schedule);
    }

    /** Whether there are ever seats. */
    public boolean isKept() {
      return max > 0;
    }
  }

  /** A window of time in which another number of seats is kept, into the next day if need be. */
  public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, int min) {

    public Window {
      days = Set.copyOf(days);
    }

    /** Whether it is open at a time of its zone. */
    public boolean contains(ZonedDateTime time) {
      LocalTime now = time.toLocalTime();
      boolean begun = !now.isBefore(from);
      boolean ended = !now.isBefore(to);
      DayOfWeek today = time.getDayOfWeek();
      return from.isBefore(to)
          ? begun && !ended && days.contains(today)
          : (begun && days.contains(today)) || (!ended && days.contains(today.minus(1)));
    }
  }

  /** Whether somebody in these groups may launch it. */
  public boolean isOpenTo(Set<String> theirs) {
    return groups.isEmpty() || !Collections.disjoint(groups, theirs);
  }

  /**
   * The folder that outlives a container.
   *
   * @param name which of a person's homes it is; types that share one have the same
   * @param path where it is in the container
   */
  public record Home(String name, String path) {}

  /** The client of the image that a session runs: the stand-in's or the public one's. */
  public Client client(boolean isStandIn) {
    return (isStandIn ? standIn.orElse(image) : image).client();
  }

  /** The path under which a person has a desktop of this type. */
  public ProxyPath pathOf(Slug owner) {
    return ProxyPath.of(owner, name);
  }
}
