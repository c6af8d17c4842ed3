/**
 * What keeps desktops from reaching this machine and the networks that it is in.
 *
 * <p>May depend on {@code console}, {@code process} and {@code installation}.
 */
@NullMarked
package io.berth.launcher.firewall;

import org.jspecify.annotations.NullMarked;
