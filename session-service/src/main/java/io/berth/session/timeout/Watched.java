package io.berth.session.timeout;

import io.berth.session.lifecycle.Session;
import java.time.Instant;
import java.util.Optional;

/**
 * A session and what is known of its person's doings, read at one moment.
 *
 * @param inputAt the last key or pointer
 * @param trafficAt the last key, pointer, request or message
 * @param connectedAt when somebody last had it open
 * @param openNow whether somebody has it open
 * @param carriedUnseen whether a proxy that has become silent may still carry it
 * @param observingSince since when proxies tell without a gap, nothing while none tells
 * @param now PostgreSQL's clock
 */
record Watched(
    Session session,
    Optional<Instant> inputAt,
    Optional<Instant> trafficAt,
    Optional<Instant> connectedAt,
    boolean openNow,
    boolean carriedUnseen,
    Optional<Instant> observingSince,
    Instant now) {}
