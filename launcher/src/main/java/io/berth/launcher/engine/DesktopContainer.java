package io.berth.launcher.engine;

import java.util.Optional;
import java.util.UUID;

/**
 * A desktop's container as the engine has it.
 *
 * @param session the session that its label names
 * @param isOpenToNetworks whether one of its ports is published beyond loopback
 */
public record DesktopContainer(
    String name, Optional<UUID> session, boolean isRunning, boolean isOpenToNetworks) {}
