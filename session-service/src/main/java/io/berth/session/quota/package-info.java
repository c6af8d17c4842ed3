/**
 * Who may have how many desktops, how much of the host they may take together, and who waits.
 *
 * <p>The lifecycle and the pool may depend on it; it depends on catalogue, container, database.
 */
@NullMarked
package io.berth.session.quota;

import org.jspecify.annotations.NullMarked;
