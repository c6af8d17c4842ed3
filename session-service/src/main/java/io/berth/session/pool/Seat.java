package io.berth.session.pool;

import java.time.Instant;
import java.util.UUID;

/**
 * A desktop that nobody has yet.
 *
 * @param type its desktop type
 * @param isReady whether it can be claimed
 * @param recipe what it was made of
 * @param createdAt when it was asked for
 */
record Seat(UUID id, String type, boolean isReady, String recipe, Instant createdAt) {}
