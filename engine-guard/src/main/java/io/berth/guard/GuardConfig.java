package io.berth.guard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;

/** What is let through to the engine, {@code berth.guard.*}, and for whom. */
@ConfigMapping(prefix = "berth")
public interface GuardConfig {

  /** The installation, as session-service knows it: only its own things are let through. */
  @WithDefault("berth")
  String instance();

  /** The guard. */
  Guarded guard();

  /** The guard's own keys. */
  interface Guarded {

    /** The socket that session-service speaks to. Default /run/berth/engine.sock. */
    @WithDefault("/run/berth/engine.sock")
    Path listen();

    /** The engine's socket. Default /var/run/docker.sock. */
    @WithDefault("/var/run/docker.sock")
    Path engine();

    /**
     * Images that may be pulled and run, without tag; {@code *} at the end stands for anything but
     * a slash. Default: Kasm's public ones and the local stand-ins.
     */
    @WithDefault("kasmweb/*,docker.io/kasmweb/*,berth/*")
    List<String> images();

    /** Addresses of the host on which a desktop may be published. Default 127.0.0.1. */
    @WithDefault("127.0.0.1")
    List<String> addresses();

    /** Ports of the host on which a desktop may be published. Default 7000-8000. */
    @WithDefault("7000-8000")
    String ports();

    /** Capabilities that a desktop may keep, without {@code CAP_}. Default: the harmless ones. */
    @WithDefault("CHOWN,DAC_OVERRIDE,FOWNER,FSETID,SETGID,SETUID,KILL")
    List<String> capabilities();
  }
}
