/**
 * What a request to the engine may say: containers, volumes and networks, field by field.
 *
 * <p>Knows nothing of connections.
 */
@NullMarked
package io.berth.guard.rule;

import org.jspecify.annotations.NullMarked;
