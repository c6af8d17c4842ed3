/**
 * The keys that sign login tokens: made once, kept encrypted in the database, rotated with overlap,
 * published at {@code /auth/jwks}.
 *
 * <p>May depend on {@code database}; {@code login} and {@code logout} depend on it.
 */
@NullMarked
package io.berth.auth.key;

import org.jspecify.annotations.NullMarked;
