package io.berth.common;

/**
 * How a browser comes to a desktop's own origin, step by step.
 *
 * <ol>
 *   <li>The edge, on the desktop's host, sets an entry cookie and sends the browser to {@link
 *       #PORTAL_PATH} on the portal, with the cookie's {@link EntryProof}.
 *   <li>auth-service makes a ticket for the login there and sends it to {@link #PATH} on the
 *       desktop's host.
 *   <li>The edge hands that to auth-service at {@link #SERVICE_PATH} and the desktop's path;
 *       auth-service redeems the ticket for the desktop's cookie.
 * </ol>
 */
public final class DesktopEntry {

  /** Where the portal's origin gives tickets. */
  public static final String PORTAL_PATH = "/auth/desktop";

  /** Everything below it on a desktop's host is Berth's; the rest is the desktop's. */
  public static final String RESERVED = "/.berth";

  /** Where a desktop's host takes tickets. */
  public static final String PATH = RESERVED + "/enter";

  /** Where auth-service redeems them; not below {@code /auth}, so no browser can ask for it. */
  public static final String SERVICE_PATH = "/desktop-entry/";

  /** Where to on the desktop, as its address on the portal: {@code /desktop/{path}/…}. */
  public static final String RETURN_TO = "return_to";

  /** The proof that the entry cookie belongs to this browser. */
  public static final String PROOF = "proof";

  /** The ticket. */
  public static final String TICKET = "ticket";

  private DesktopEntry() {}
}
