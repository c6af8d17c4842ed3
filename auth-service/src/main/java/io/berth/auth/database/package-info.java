/**
 * The way to PostgreSQL: schema {@code auth} migrated at start, transactions, what is wrong when it
 * does not answer.
 *
 * <p>Every feature that keeps something may depend on it; it depends on no feature.
 */
@NullMarked
package io.berth.auth.database;

import org.jspecify.annotations.NullMarked;
