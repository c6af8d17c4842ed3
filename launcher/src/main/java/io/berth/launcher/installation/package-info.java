/**
 * One installation of Berth: the checkout it runs from, its state, ports, secrets and settings.
 *
 * <p>May depend on {@code console} only.
 */
@NullMarked
package io.berth.launcher.installation;

import org.jspecify.annotations.NullMarked;
