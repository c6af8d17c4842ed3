/**
 * What the launcher says: progress, tables, and failures that name the next step.
 *
 * <p>Depends on nothing; everything may depend on it.
 */
@NullMarked
package io.berth.launcher.console;

import org.jspecify.annotations.NullMarked;
