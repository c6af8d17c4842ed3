package io.berth.session.container;

import io.berth.session.catalogue.PauseMode;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What runs desktops. Each method may be called again after a crash of the caller, at any line: the
 * second call finds what the first one did. All methods block; all throw {@link RuntimeUnavailable}
 * when the runtime does not answer, and then nothing is known of what was done.
 *
 * <p>A container is known by its session; this instance sees only containers of its own label.
 */
public interface ContainerRuntime {

  /** What becomes of a pull while it goes on. */
  interface PullWatch {

    /** How much is here, 0 to 100, never less than before. */
    void progress(int percent);

    /** Whether the pull is still wanted; asked at least once a second. */
    boolean goOn();
  }

  /** Hears of containers that ended by themselves. */
  @FunctionalInterface
  interface EndWatch {
    void ended(UUID sessionId);
  }

  /**
   * Whether its desktops are reached on ports of one host, which have to be given out. If not, a
   * container says its {@link Container#address} once it is made, and keeps it.
   */
  boolean usesHostPorts();

  /**
   * What a host has.
   *
   * @param memory in bytes
   * @param cpus processors
   */
  record Capacity(long memory, double cpus) {}

  /** What the host of all containers has; nothing where the runtime finds room by itself. */
  default Optional<Capacity> capacity() {
    return Optional.empty();
  }

  /** Returns if the runtime answers. */
  void requireAvailable();

  /** Whether an image is here and can be run without pulling. */
  boolean hasImage(String image);

  /**
   * Brings an image here. Before: any. After: {@link #hasImage}, unless the watch did not want it
   * any more.
   *
   * @throws ImageUnavailable if it can't be had, or not in time
   */
  void pull(String image, PullWatch watch);

  /**
   * Makes the session's container, its network and its home. Before: any. After: exactly one
   * container of this session exists, {@code CREATED} or later; nothing runs that did not before.
   *
   * @throws ImageUnavailable if the image is gone
   * @throws ContainerRefused if the runtime does not want it
   */
  Container create(ContainerSpec spec);

  /**
   * Starts a container. Before: any but {@code PAUSED}. After: {@code RUNNING}, or {@code EXITED}
   * if it ended at once.
   *
   * @throws ImageUnavailable if its image can't be had where it is to run
   * @throws PortTaken if something else on the host has its port; it stays {@code CREATED}
   * @throws ContainerRefused if the runtime can't start it
   */
  void start(Container container);

  /**
   * Lets a container rest. Before: {@code CREATED} or later. After {@code FREEZE}: {@code PAUSED}
   * if it ran, else as before; after {@code STOP}: {@code EXITED}, or {@code CREATED} as before.
   * Its disk, its port and its home stay.
   *
   * @throws ContainerRefused if the runtime can't do that; it is as before
   */
  void pause(Container container, PauseMode mode);

  /**
   * Lets a container go on, whatever made it rest. Before: any. After: {@code RUNNING}, or {@code
   * EXITED} if it ended at once.
   *
   * @throws PortTaken if something else on the host has its port meanwhile
   * @throws ContainerRefused if the runtime can't start it
   */
  void resume(Container container);

  /** The session's container, if there is one. */
  Optional<Container> find(UUID sessionId);

  /**
   * Calls a container what its session is called, once somebody has it. Before: any name. After:
   * that name, where the runtime can do so and nothing else has it; else as before.
   */
  default void rename(Container container, String name) {}

  /** All containers of this instance, in any state. */
  List<Container> list();

  /**
   * Ends a container, gently at first, and removes it; its home stays. Before: any, also none.
   * After: there is none.
   */
  void remove(Container container);

  /**
   * Makes a person's home. Before: any. After: it exists; what was in it is still there.
   *
   * @throws ContainerRefused if the runtime does not want it
   */
  void makeHome(HomeVolume home);

  /** The homes of this instance that exist, also those that nothing has mounted. */
  List<HomeVolume> homes();

  /**
   * Removes a home and all that is in it, and ends its downloads. Before: any, also none. After:
   * there is none.
   *
   * @throws HomeInUse if a container has it, in any state; then it is as before
   */
  void removeHome(HomeVolume home);

  /**
   * Packs a home into a tar while it is read: names are relative to the home, owners and modes are
   * as in it. Before: any, also mounted by a container that runs; nothing if there is no such home.
   * After closing: the runtime has nothing that it had not before.
   *
   * @throws HomeNotPacked if this kind of runtime can't do that
   */
  Optional<InputStream> archiveHome(HomeVolume home);

  /** The last lines that a container wrote, oldest first; none if there is no such container. */
  List<String> lastLines(Container container, int lines);

  /** Tells of containers that end, from now on, for as long as the application runs. */
  void watch(EndWatch watch);

  /**
   * Containers whose names begin as the port-based application's did, and that carry neither our
   * label nor a composition's; none where that application can't have run.
   */
  default List<Stranger> strangers() {
    return List.of();
  }

  /** Removes one of {@link #strangers}, with its anonymous volumes. After: there is none. */
  default void removeStranger(Stranger stranger) {
    throw new ContainerRefused("There are no such containers here: " + stranger.name(), null);
  }
}
