/**
 * What the tests run against: a real PostgreSQL, a real engine, a small real desktop, signed
 * tokens.
 */
@NullMarked
package io.berth.session.environment;

import org.jspecify.annotations.NullMarked;
