/**
 * Sessions that nobody uses end or rest by themselves, after a warning: what proxies see of people,
 * when a session's time is over, and who looks.
 *
 * <p>Depends on {@code lifecycle}, {@code catalogue}, {@code database}; only the API depends on it.
 */
@NullMarked
package io.berth.session.timeout;

import org.jspecify.annotations.NullMarked;
