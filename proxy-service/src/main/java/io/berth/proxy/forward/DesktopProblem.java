package io.berth.proxy.forward;

import io.berth.common.Problem;

/** What can be wrong with a desktop, in the words its owner reads. */
public final class DesktopProblem {

  private DesktopProblem() {}

  /** Unknown, somebody else's, or not for browsers: one answer for all, so that none is told. */
  public static Problem notFound() {
    return Problem.of(
        "not-found",
        "Nothing here",
        404,
        "There is no such page or desktop.",
        "Look at your desktops.");
  }

  /** No route yet or any more. */
  public static Problem notRunning() {
    return Problem.of(
        "desktop-not-running",
        "This desktop is not running",
        503,
        "It is starting, stopped or was never asked for.",
        "See its state under your desktops and start it there.");
  }

  /** The desktop takes no connection. */
  public static Problem unreachable() {
    return Problem.of(
        "desktop-unreachable",
        "This desktop does not answer",
        503,
        "It may be starting again, or it has ended.",
        "Try again in a few seconds, or start it again under your desktops.");
  }

  /** The desktop ended the connection without an answer. */
  public static Problem brokeOff() {
    return Problem.of(
        "desktop-broke-off",
        "This desktop broke off its answer",
        502,
        "The connection to it ended before an answer came.",
        "Try again; if it happens again, restart the desktop.");
  }

  /** The desktop took too long. */
  public static Problem silent() {
    return Problem.of(
        "desktop-silent",
        "This desktop took too long to answer",
        504,
        "It is connected but does not answer.",
        "Try again in a minute, or restart the desktop.");
  }

  /** The password in the route is not the desktop's. */
  public static Problem passwordRefused() {
    return Problem.of(
        "desktop-refused",
        "The desktop refused its password",
        502,
        "The password that Berth keeps for this desktop is not its own any more.",
        "Stop the desktop and start it again under your desktops.");
  }

  /** An address that a desktop could not read. */
  public static Problem tooLong() {
    return Problem.of(
        "uri-too-long",
        "The address is too long",
        414,
        "Desktops read addresses of at most 1,024 characters.",
        "Use a shorter address.");
  }
}
