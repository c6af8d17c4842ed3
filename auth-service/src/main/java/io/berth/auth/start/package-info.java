/**
 * How the service comes up and keeps itself clean: schema, keys, health, what runs on a schedule.
 *
 * <p>May depend on everything but {@code problem}; nothing depends on it.
 */
@NullMarked
package io.berth.auth.start;

import org.jspecify.annotations.NullMarked;
