/**
 * Everything that matters of an installation in one file, and back: the database, people's homes,
 * secrets and settings, with a manifest.
 *
 * <p>May depend on everything but {@code command}.
 */
@NullMarked
package io.berth.launcher.backup;

import org.jspecify.annotations.NullMarked;
