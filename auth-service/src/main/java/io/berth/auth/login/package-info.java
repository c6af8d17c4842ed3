/**
 * Sign-in: a login for each finished code flow, the cookie that carries its token, its end.
 *
 * <p>May depend on {@code provider}, {@code person}, {@code key}, {@code revocation}; {@code
 * logout} depends on it.
 */
@NullMarked
package io.berth.auth.login;

import org.jspecify.annotations.NullMarked;
