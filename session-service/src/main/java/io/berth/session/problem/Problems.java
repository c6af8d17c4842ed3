package io.berth.session.problem;

import io.berth.common.Problem;
import io.berth.common.ProxyPath;

/** The words of every problem that this service answers with. */
public final class Problems {

  private static final String TRY_SOON = "Try again in a moment.";

  private Problems() {}

  public static Problem unknownDesktopType(String name) {
    return Problem.of(
        "unknown-desktop-type",
        "Unknown desktop type",
        404,
        "There is no desktop type \"%s\".".formatted(name),
        "Choose one that GET /api/v1/desktop-types lists.");
  }

  public static Problem notOpen(String title) {
    return Problem.of(
        "desktop-type-not-open",
        "Not open to you",
        403,
        "%s is for certain groups, and you are in none of them.".formatted(title),
        "Ask your administrator to add you to one, then sign out and in again.");
  }

  public static Problem unknownSession() {
    return Problem.of(
        "unknown-session",
        "Unknown session",
        404,
        "You have no such session.",
        "Look at your sessions with GET /api/v1/sessions.");
  }

  public static Problem addressTaken(ProxyPath path) {
    return Problem.of(
        "address-taken",
        "Address taken",
        409,
        "Another desktop is at %s.".formatted(path.address()),
        "Choose another desktop type, or ask your administrator for another user name.");
  }

  public static Problem stillStopping() {
    return Problem.of(
        "still-stopping",
        "Still stopping",
        409,
        "The previous desktop has not ended yet.",
        TRY_SOON);
  }

  public static Problem stillPausing() {
    return Problem.of(
        "still-pausing",
        "Still pausing",
        409,
        "The desktop is on its way to rest.",
        "Try again in a moment; then it goes on.");
  }

  /** A move that a session can't make from its state; {@code nextStep} says what it can. */
  public static Problem notFromHere(String verb, String state, String nextStep) {
    return Problem.of(
        "not-from-here",
        "Not from here",
        409,
        "A session that is %s can't be %s.".formatted(state, verb),
        nextStep);
  }

  public static Problem noMoreTime() {
    return Problem.of(
        "no-more-time",
        "No more time",
        409,
        "This session has been extended as far as its desktop type allows.",
        "Save your work; when it has ended, launch it again. Its home folder is kept.");
  }

  public static Problem noPortFree() {
    return Problem.of(
        "no-port-free",
        "No room for another desktop",
        503,
        "Every host port for desktops is taken.",
        "Stop a desktop that you don't need, or try again in a minute. An administrator can widen"
            + " berth.ports.range.");
  }

  public static Problem desktopStarting(String detail) {
    return Problem.of(
        "desktop-starting",
        "This desktop is starting",
        503,
        detail,
        "Try again in a few seconds; GET /api/v1/sessions tells how far it is.");
  }

  public static Problem desktopStopping() {
    return Problem.of(
        "desktop-stopping",
        "This desktop is stopping",
        503,
        "Its programs are being closed.",
        "Start it again in a moment with POST /api/v1/sessions.");
  }

  public static Problem desktopPaused() {
    return Problem.of(
        "desktop-paused",
        "This desktop is paused",
        503,
        "It keeps what it has and does nothing.",
        "Resume it with POST /api/v1/sessions, or POST /api/v1/sessions/{id}/resume.");
  }

  public static Problem desktopNotRunning() {
    return Problem.of(
        "desktop-not-running",
        "This desktop is not running",
        503,
        "It was stopped, or never asked for.",
        "Start it with POST /api/v1/sessions.");
  }

  public static Problem desktopFailed(String reason) {
    return Problem.of(
        "desktop-failed",
        "This desktop failed",
        503,
        reason,
        "Start it again with POST /api/v1/sessions.");
  }

  public static Problem engineDown() {
    return Problem.of(
        "engine-down",
        "The container engine does not answer",
        503,
        "Desktops can't be launched or stopped while the container engine is down.",
        "Start the engine (systemctl start docker), then try again. Nothing was created.");
  }

  public static Problem databaseDown() {
    return Problem.of(
        "database-down",
        "PostgreSQL does not answer",
        503,
        "Sessions can't be read or changed now. Desktops that run stay open.",
        TRY_SOON + " If it stays away, look at ./berth status.");
  }

  public static Problem badRequest(String detail) {
    return Problem.of(
        "bad-request",
        "The request can't be read",
        400,
        detail,
        "Send JSON such as {\"desktopType\": \"ubuntu-desktop\"}; /api/docs has every call.");
  }

  public static Problem badTime(String name) {
    return Problem.of(
        "bad-request",
        "The request can't be read",
        400,
        "\"%s\" is no time.".formatted(name),
        "Write a date such as 2026-01-31, or a time such as 2026-01-31T10:00:00Z.");
  }

  public static Problem badGrouping() {
    return Problem.of(
        "bad-request",
        "The request can't be read",
        400,
        "\"by\" is not something that usage is reported by.",
        "Write person, type or person-and-type.");
  }

  public static Problem badState() {
    return Problem.of(
        "bad-request",
        "The request can't be read",
        400,
        "\"state\" is no state of a session.",
        "Write one such as running, paused or failed; /api/docs has them all.");
  }

  public static Problem reasonMissing() {
    return Problem.of(
        "reason-missing",
        "A reason is missing",
        400,
        "What you do to another person's session is written down, and they read why.",
        "Add ?reason=… of at most 500 characters.");
  }

  public static Problem noProof() {
    return Problem.of(
        "no-proof-of-origin",
        "The request may come from another page",
        403,
        "A call that changes something needs Content-Type: application/json or X-Berth-Request: 1; a"
            + " form must be on a page of Berth.",
        "Send one of these headers.");
  }

  public static Problem nothingChosen() {
    return Problem.of(
        "nothing-chosen",
        "Nothing is removed unseen",
        400,
        "A removal names each thing by its id.",
        "GET /api/v1/admin/leftovers, then DELETE with ?id= for each that shall go.");
  }

  public static Problem notSignedIn() {
    return Problem.of(
        "not-signed-in",
        "Not signed in",
        401,
        "This needs a valid sign-in.",
        "Sign in at /auth/login.");
  }

  public static Problem notAllowed() {
    return Problem.of(
        "not-allowed",
        "Not allowed",
        403,
        "Your sign-in does not allow this.",
        "Ask your administrator.");
  }

  public static Problem notFound() {
    return Problem.of(
        "not-found",
        "Not found",
        404,
        "There is nothing at this address.",
        "/api/docs has every call.");
  }

  /** A status that HTTP itself explains, such as 405 or 415. */
  public static Problem http(int status, String title) {
    return Problem.of(
        "http-" + status,
        title,
        status,
        "The request can't be answered as it is.",
        "/api/docs has every call.");
  }

  public static Problem defect() {
    return Problem.of(
        "defect",
        "Something is broken in Berth",
        500,
        "The request failed for a reason that Berth did not foresee; its log has it.",
        "Try again. If it happens again, show this to your administrator.");
  }
}
