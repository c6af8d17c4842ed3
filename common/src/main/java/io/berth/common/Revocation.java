package io.berth.common;

/**
 * The word by which auth-service tells proxies that a login is over: PostgreSQL notifies {@code
 * sid} on {@link #CHANNEL}; the table {@code auth.revocations(login_id, revoked_at, expires_at)}
 * holds all that still matter.
 */
public final class Revocation {

  /**
   * Channel on which the database's trigger tells proxies of a revoked login; payload is its id.
   */
  public static final String CHANNEL = "berth_revocations";

  private Revocation() {}
}
