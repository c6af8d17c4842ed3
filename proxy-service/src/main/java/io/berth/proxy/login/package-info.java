/**
 * Whose browser this is: login tokens, the keys that sign them, verdicts kept per token, and the
 * logins that were revoked.
 *
 * <p>May depend on {@code feed} and {@code measure}; only {@code edge} and {@code health} use it.
 */
@NullMarked
package io.berth.proxy.login;

import org.jspecify.annotations.NullMarked;
