/**
 * Sign-out: by the person, and by the identity provider's back channel.
 *
 * <p>May depend on {@code login}, {@code provider}, {@code key}; nothing but {@code problem}
 * depends on it.
 */
@NullMarked
package io.berth.auth.logout;

import org.jspecify.annotations.NullMarked;
