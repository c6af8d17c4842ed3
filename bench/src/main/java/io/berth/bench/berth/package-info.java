/**
 * Berth's edge as a peer: a real PostgreSQL with routes, a key, logins. It may depend on peer and
 * what peer depends on.
 */
@NullMarked
package io.berth.bench.berth;

import org.jspecify.annotations.NullMarked;
