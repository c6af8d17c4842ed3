package io.berth.auth.login;

import java.time.Instant;

/**
 * A login that is under way, as administrators see it.
 *
 * @param login its id
 * @param user whose it is: their slug
 */
public record OpenLogin(
    String login, String user, String displayName, Instant createdAt, Instant expiresAt) {}
