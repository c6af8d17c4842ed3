package io.berth.session.container;

import java.util.Set;

/**
 * A container that no Berth of this kind made, though its name is as the port-based application
 * named its own: {@code kasm-alice-ubuntu-vscode-abc123}.
 *
 * @param id the runtime's own id
 * @param hostPorts through which it is or would be reached
 */
public record Stranger(String id, String name, Set<Integer> hostPorts) {}
