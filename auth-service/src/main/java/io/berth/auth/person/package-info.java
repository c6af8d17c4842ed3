/**
 * People: who signed in, by issuer and subject, and the one slug that each of them has.
 *
 * <p>May depend on {@code database}; {@code provider} and {@code login} depend on it.
 */
@NullMarked
package io.berth.auth.person;

import org.jspecify.annotations.NullMarked;
