package io.berth.session.catalogue;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The desktop types, {@code berth.desktops.<type>.*}; catalogue.yaml has those that Berth brings.
 */
@ConfigMapping(prefix = "berth")
public interface CatalogueConfig {

  /** Desktop types by name: at most 30 of a-z, 0-9 and inner hyphens. */
  Map<String, Type> desktops();

  /** Whether a desktop type may run without seccomp or AppArmor profile. Default false. */
  @WithDefault("false")
  boolean allowUnconfined();

  /** One desktop type. */
  interface Type {

    /** Whether people can launch it. Default true. */
    @WithDefault("true")
    boolean enabled();

    /** Its name for people. No default. */
    String title();

    /** What it is good for, in a sentence. Default: nothing. */
    Optional<String> description();

    /**
     * Groups of the identity provider whose members can launch it; it is not shown to others.
     * Default: none, and it is open to everyone.
     */
    Optional<List<String>> groups();

    /** The image, with a tag. No default. */
    String image();

    /** The port on which the desktop listens in its container. Default 6901. */
    @WithDefault("6901")
    int port();

    /** {@code https} or {@code http}, as the desktop speaks on its port. Default https. */
    @WithDefault("https")
    String scheme();

    /** Whether its certificate is checked; Kasm makes a new one at each start. Default false. */
    @WithDefault("false")
    boolean verifyTls();

    /** What answers 200, with authorization, when the desktop is ready. Default /package.json. */
    @WithDefault("/package.json")
    String readyPath();

    /** The user of its Basic authentication. Default kasm_user. */
    @WithDefault("kasm_user")
    String username();

    /** The variable by which the container learns its password. Default VNC_PW. */
    @WithDefault("VNC_PW")
    String passwordVariable();

    /** What its web client needs. */
    Client client();

    /** More environment variables of the container. Default: none. */
    Map<String, String> environment();

    /** What the container may use. */
    Limits limits();

    /** Where in a cluster it runs; one host has no use for it. */
    Placement placement();

    /** Linux capabilities that it keeps of none, such as {@code CHOWN}. Default: none. */
    Optional<List<String>> capabilities();

    /** What keeps it from its host and from others. */
    Hardening hardening();

    /** What is kept when the desktop stops. */
    Home home();

    /**
     * Whether a person who opens its address, as a bookmark or by hand, finds it started; otherwise
     * the page there offers a button. What another site opens never starts by itself. Default true.
     */
    @WithDefault("true")
    boolean startOnVisit();

    /**
     * What a pause does: {@code freeze} keeps its programs and their memory, {@code stop} ends them
     * and keeps the container's disk. Default freeze.
     */
    @WithDefault("freeze")
    PauseMode pause();

    /** When it ends by itself. */
    TimeoutsConfig timeouts();

    /** Desktops of it that are started before anyone asks. */
    Pool pool();

    /** How long it may take from its start until it is ready. Default 90 s. */
    @WithDefault("90s")
    Duration startTimeout();

    /** The local image that takes its place where the public one can't be pulled. Default: none. */
    Optional<StandIn> standIn();
  }

  /** What a web client needs of the edge. */
  interface Client {

    /** Query of its first page; {@code {path}} stands for the desktop's path. Default: none. */
    Optional<String> startQuery();

    /** Whether the desktop sees paths without {@code /desktop/{path}}. Default true. */
    @WithDefault("true")
    boolean stripPrefix();

    /**
     * What tells that a person uses it: {@code input}, keys and the pointer in the desktop protocol
     * (RFB), or {@code traffic}, any request or message as well, for clients without RFB. Default
     * input.
     */
    @WithDefault("input")
    ActivityKind activity();

    /** Paths of the desktop that browsers don't get. Default {@code /api/}. */
    @WithDefault("/api/")
    Optional<List<String>> blockedPrefixes();
  }

  /** What a container may use of its host. */
  interface Limits {

    /** Memory, in bytes or with a unit. Default 2G. */
    @WithDefault("2G")
    MemorySize memory();

    /** Processors. Default 2. */
    @WithDefault("2")
    double cpus();

    /** Processes and threads. Default 1024. */
    @WithDefault("1024")
    long pids();

    /** Shared memory, in bytes or with a unit. Default 512M. */
    @WithDefault("512M")
    MemorySize shmSize();

    /**
     * Files that one process may have open; not more than the engine itself may, or desktops don't
     * start. Default 16384.
     */
    @WithDefault("16384")
    long openFiles();

    /**
     * How much sooner than the host's own processes it is ended when the host is out of memory, 0
     * to 1000. Default 500.
     */
    @WithDefault("500")
    int oomScore();

    /** NVIDIA GPUs: a number, or {@code all}. Default 0. */
    @WithDefault("0")
    String gpus();

    /** Other GPUs: devices such as {@code /dev/dri/renderD128}. Default: none. */
    Optional<List<String>> gpuDevices();
  }

  /** What keeps a container from its host and from others. */
  interface Hardening {

    /** {@code internet}, or {@code isolated}: it reaches nothing. Default internet. */
    @WithDefault("internet")
    String network();

    /** The user as whom it runs, never 0; the home is theirs. Default 1000. */
    @WithDefault("1000")
    int user();

    /**
     * System calls: {@code default} of the engine, the path of a file with a profile, or {@code
     * unconfined} where {@code berth.allow-unconfined} allows it. Default default.
     */
    @WithDefault("default")
    String seccomp();

    /**
     * AppArmor: {@code default} of the engine, the name of a profile that the host has loaded, or
     * {@code unconfined} where {@code berth.allow-unconfined} allows it. Default default.
     */
    @WithDefault("default")
    String appArmor();

    /**
     * Whether it can write nothing but its home, shared memory and {@code tmpfs}. Default false.
     */
    @WithDefault("false")
    boolean readOnlyRoot();

    /** Folders in memory and their greatest size, such as {@code /tmp: 256M}. Default: none. */
    Map<String, MemorySize> tmpfs();

    /** More names that it resolves, and their addresses. Default: none. */
    Map<String, String> extraHosts();
  }

  /** Where in a cluster a type's desktops run, and what is set aside for them. */
  interface Placement {

    /** Labels that the node must have. Default: none. */
    Map<String, String> nodeSelector();

    /**
     * Taints of nodes that it may run on all the same: {@code key}, {@code key=value}, {@code
     * key:NoSchedule} or {@code key=value:NoSchedule}. Default: none.
     */
    Optional<List<String>> tolerations();

    /** Its priority class. Default: the cluster's own default. */
    Optional<String> priorityClass();

    /** Its runtime class, such as a sandbox. Default: the cluster's own default. */
    Optional<String> runtimeClass();

    /** What the cluster calls a graphics processor. Default nvidia.com/gpu. */
    @WithDefault("nvidia.com/gpu")
    String gpuResource();

    /** Memory set aside, in bytes or with a unit. Default: its limit. */
    Optional<MemorySize> memoryRequest();

    /** Processors set aside. Default: a quarter of its limit. */
    Optional<Double> cpuRequest();
  }

  /**
   * The folder that outlives the container: one volume per person and desktop type, unless types
   * share it.
   */
  interface Home {

    /** Whether it is kept. Default true. */
    @WithDefault("true")
    boolean keep();

    /** Where it is in the container. Default /home/kasm-user. */
    @WithDefault("/home/kasm-user")
    String path();

    /**
     * The home's name; types with the same name share one, also when they run at the same time: at
     * most 30 of a-z, 0-9 and inner hyphens. Default: the type's own name.
     */
    Optional<String> sharedAs();
  }

  /**
   * Warm seats: started desktops that nobody has yet, for types without a home that is kept, since
   * a container that runs can't be given one. Their number follows the schedule and the demand.
   */
  interface Pool {

    /** Most seats, ready or on their way; 0: none are kept. Default 0. */
    @WithDefault("0")
    int max();

    /** Seats kept when no window of the schedule says otherwise. Default 0. */
    @WithDefault("0")
    int min();

    /** How far back launches count as demand, for which more seats are kept. Default 15 min. */
    @WithDefault("15m")
    Duration demandWindow();

    /** After which time a seat is made anew, with the image as it is by then. Default 12 h. */
    @WithDefault("12h")
    Duration maxAge();

    /** The time zone of the schedule. Default UTC. */
    @WithDefault("UTC")
    ZoneId zone();

    /** Windows of time by any name, such as {@code office-hours}. Default: none. */
    Map<String, Window> schedule();
  }

  /** A window of time in which another number of seats is kept. */
  interface Window {

    /** Days on which it begins, such as {@code monday,tuesday}. Default: every day. */
    Optional<Set<DayOfWeek>> days();

    /** When it begins, such as {@code 08:00}. No default. */
    LocalTime from();

    /** When it ends; before its beginning means on the next day. No default. */
    LocalTime to();

    /** Seats kept meanwhile; of several windows at a time the largest counts. No default. */
    int min();
  }

  /** A local image with the same contract. */
  interface StandIn {

    /** The image. No default. */
    String image();

    /** What its web client needs. */
    Client client();
  }
}
