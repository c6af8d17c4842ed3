package io.berth.session.lifecycle;

import io.berth.common.DesktopTypeName;
import io.berth.common.ProxyPath;
import io.berth.common.Slug;
import io.berth.session.audit.Act;
import io.berth.session.container.Address;
import io.berth.session.quota.Seats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A person's desktop, from the request to its end, as its row says.
 *
 * @param ownerId the person, {@code sub} of their tokens
 * @param ownerSlug the person's name in addresses
 * @param hostPort where the desktop is published on its host, on runtimes that use host ports
 * @param upstream where else it is reached, once that is known
 * @param generation which incarnation of its route, from one sequence for all
 * @param standIn whether it runs the local image instead of the public one
 * @param image what it runs, once that is known
 * @param password of the desktop's Basic authentication, nothing once it has ended
 * @param queuePosition its place in the line of those that wait for room, from 1
 * @param claimed whether it was a warm seat until a moment ago
 * @param endsAsFailed whether its end is a failure
 * @param reason why it ends, if there is something to say
 * @param endedBy what brought it to its end
 * @param endedByActor who did, a name in addresses or a part of Berth
 * @param doing what was last asked for: launch, pause, resume or restart
 * @param extendedAt when its person last asked for more time
 * @param ending what its person is warned of
 * @param stateSince when it came into its state
 * @param askedAt when its launch, or the last pause, resumption or restart, was asked for
 */
public record Session(
    UUID id,
    String ownerId,
    Slug ownerSlug,
    DesktopTypeName type,
    ProxyPath path,
    String containerName,
    OptionalInt hostPort,
    Optional<Address> upstream,
    SessionState state,
    long generation,
    boolean standIn,
    Optional<String> image,
    Optional<String> password,
    OptionalInt percent,
    Optional<String> message,
    OptionalInt queuePosition,
    boolean claimed,
    boolean endsAsFailed,
    Optional<String> reason,
    Optional<EndedBy> endedBy,
    Optional<String> endedByActor,
    String doing,
    Optional<Instant> extendedAt,
    Optional<AnnouncedEnd> ending,
    Instant createdAt,
    Instant stateSince,
    Instant askedAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt) {

  /** Whether nobody has it yet. */
  public boolean isSeat() {
    return ownerId.equals(Seats.NOBODY);
  }

  /** How long a person has waited for it, or has had it; of a paused one, how long it rests. */
  public Duration elapsed(Instant now) {
    Instant since =
        switch (state) {
          case REQUESTED, PULLING, CREATING, STARTING, PAUSING, RESUMING, RESTARTING -> askedAt;
          case PAUSED -> stateSince;
          case READY, RUNNING, STOPPING, STOPPED, FAILED -> startedAt.orElse(createdAt);
        };
    return Duration.between(since, endedAt.orElse(now));
  }

  /** The session, for who reads what was done to it. */
  public Act.Subject subject() {
    return new Act.Subject(
        Optional.of(id),
        Optional.of(ownerId),
        Optional.of(ownerSlug.value()),
        Optional.of(type.value()));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "session %s %s %s".formatted(id, path, state);
  }
}
