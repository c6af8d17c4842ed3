/**
 * What an orchestrator may ask: live, started, ready.
 *
 * <p>Depends on what it reports of; nothing depends on it.
 */
@NullMarked
package io.berth.proxy.health;

import org.jspecify.annotations.NullMarked;
