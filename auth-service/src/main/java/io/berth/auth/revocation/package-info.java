/**
 * Logins that ended before their tokens did; the edge hears of each at once.
 *
 * <p>May depend on {@code database}; {@code login} depends on it.
 */
@NullMarked
package io.berth.auth.revocation;

import org.jspecify.annotations.NullMarked;
