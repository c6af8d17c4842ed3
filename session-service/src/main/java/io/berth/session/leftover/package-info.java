/**
 * What the runtime has that no session accounts for, and its removal by an administrator.
 *
 * <p>The API depends on it; it depends on container, home, port and database.
 */
@NullMarked
package io.berth.session.leftover;

import org.jspecify.annotations.NullMarked;
