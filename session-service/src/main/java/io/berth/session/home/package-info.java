/**
 * People's homes: which there are, who owns them, what becomes of them. PostgreSQL says whose a
 * home is; the runtime keeps what is in it.
 *
 * <p>May depend on {@code container} and {@code database}.
 */
@NullMarked
package io.berth.session.home;

import org.jspecify.annotations.NullMarked;
