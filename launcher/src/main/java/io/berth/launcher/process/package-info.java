/**
 * Operating-system processes: commands run to their end, services that outlive the launcher.
 *
 * <p>May depend on {@code console} only.
 */
@NullMarked
package io.berth.launcher.process;

import org.jspecify.annotations.NullMarked;
