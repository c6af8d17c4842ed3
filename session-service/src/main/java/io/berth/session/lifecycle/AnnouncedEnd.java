package io.berth.session.lifecycle;

import io.berth.session.catalogue.EndAction;
import java.time.Instant;

/**
 * What a person is warned of: when their session will end or rest by itself, and why.
 *
 * @param why {@code IDLE}, {@code ABSENCE} or {@code LIFETIME}
 */
public record AnnouncedEnd(Instant at, EndedBy why, EndAction action) {}
