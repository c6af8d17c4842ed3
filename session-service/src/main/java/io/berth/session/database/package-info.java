/**
 * The way to PostgreSQL: schema {@code public} migrated at start, transactions, notifications.
 *
 * <p>Every feature that keeps something may depend on it; it depends on no feature.
 */
@NullMarked
package io.berth.session.database;

import org.jspecify.annotations.NullMarked;
