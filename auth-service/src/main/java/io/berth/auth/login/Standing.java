package io.berth.auth.login;

/** What a login is worth now, whatever its token says. */
public enum Standing {
  /** It has ended, or never was. */
  OVER,
  /** Somebody's. */
  USER,
  /** An administrator's. */
  ADMINISTRATOR
}
