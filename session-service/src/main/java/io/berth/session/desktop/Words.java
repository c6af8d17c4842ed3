package io.berth.session.desktop;

import io.berth.common.Problem;
import io.berth.session.desktop.AbsentDesktop.Own;
import io.berth.session.lifecycle.Session;
import io.berth.session.lifecycle.SessionState;
import io.berth.session.portal.DesktopPages;
import io.berth.session.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a desktop that is not there: to a person as a page, to a program as a problem.
 */
final class Words {

  private static final String HOME_IS_KEPT =
      "Your home folder is kept. Start it, and it opens here by itself.";

  private Words() {}

  /** The page; {@code ownVisit} says that the person came by their own doing. */
  static DesktopPages.View page(Own desktop, boolean ownVisit) {
    SessionState state = stateOf(desktop);
    return new DesktopPages.View(
        desktop.title(),
        desktop.typeName(),
        desktop.path().value(),
        phase(state),
        heading(desktop, state),
        message(desktop, state),
        percent(desktop),
        state == SessionState.FAILED ? reason(desktop) : "",
        note(desktop, state, ownVisit),
        ownVisit && desktop.startsOnVisit());
  }

  /** The page when the desktop could not be asked for. */
  static DesktopPages.View notStarted(Own desktop, Problem problem) {
    return new DesktopPages.View(
        desktop.title(),
        desktop.typeName(),
        desktop.path().value(),
        phase(SessionState.FAILED),
        desktop.title() + " could not be started",
        "",
        null,
        problem.detail(),
        problem.nextStep(),
        false);
  }

  /** The problem: 503, since what was asked for is a desktop's page. */
  static Problem problem(Own desktop) {
    SessionState state = stateOf(desktop);
    return switch (state) {
      case REQUESTED, PULLING, CREATING, STARTING, READY, RUNNING, RESUMING, RESTARTING ->
          Problems.desktopStarting(message(desktop, state));
      case PAUSING, PAUSED -> Problems.desktopPaused();
      case STOPPING -> Problems.desktopStopping();
      case STOPPED -> Problems.desktopNotRunning();
      case FAILED -> Problems.desktopFailed(reason(desktop));
    };
  }

  static SessionState stateOf(Own desktop) {
    return desktop.session().map(Session::state).orElse(SessionState.STOPPED);
  }

  private static String phase(SessionState state) {
    return switch (state) {
      case REQUESTED, PULLING, CREATING, STARTING, READY, RUNNING, RESUMING, RESTARTING -> "busy";
      case PAUSING, STOPPING -> "stopping";
      case PAUSED -> "paused";
      case STOPPED -> "free";
      case FAILED -> "failed";
    };
  }

  private static String heading(Own desktop, SessionState state) {
    return desktop.title()
        + switch (state) {
          case REQUESTED, PULLING, CREATING, STARTING, READY -> " is starting";
          case RUNNING -> " is ready";
          case PAUSING -> " is being paused";
          case PAUSED -> " is paused";
          case RESUMING -> " goes on";
          case RESTARTING -> " is restarting";
          case STOPPING -> " is stopping";
          case STOPPED -> " is not running";
          case FAILED -> hasRun(desktop) ? " has ended" : " could not be started";
        };
  }

  private static boolean hasRun(Own desktop) {
    return desktop.session().flatMap(Session::startedAt).isPresent();
  }

  private static String message(Own desktop, SessionState state) {
    String sentence =
        switch (state) {
          case REQUESTED -> "Your desktop is next in line.";
          case PULLING -> "Fetching the desktop's image. This is slow only the first time.";
          case CREATING -> "Making your desktop.";
          case STARTING, READY -> "Your desktop is starting up.";
          case RUNNING -> "Your desktop is ready.";
          case PAUSING -> "Putting your desktop to rest.";
          case RESUMING -> "Waking your desktop.";
          case RESTARTING -> "Closing programs, to start again.";
          case STOPPING -> "Closing programs.";
          case PAUSED, STOPPED, FAILED -> "";
        };
    return sentence.isEmpty() ? "" : desktop.session().flatMap(Session::message).orElse(sentence);
  }

  private static @Nullable Integer percent(Own desktop) {
    return desktop
        .session()
        .filter(session -> session.percent().isPresent())
        .map(session -> session.percent().getAsInt())
        .orElse(null);
  }

  private static String reason(Own desktop) {
    return desktop.session().flatMap(Session::reason).orElse("No reason is known.");
  }

  private static String note(Own desktop, SessionState state, boolean ownVisit) {
    return switch (state) {
      case REQUESTED, PULLING, CREATING, STARTING, READY, RUNNING, RESUMING, RESTARTING ->
          "It opens here by itself.";
      case PAUSING -> "It can be resumed in a moment.";
      case PAUSED -> "It keeps what it has. Resume it, and it opens here where it was.";
      case STOPPING -> "It can be started again in a moment.";
      case STOPPED ->
          desktop.startsOnVisit() && !ownVisit
              ? "Something other than you may have opened this page, so the desktop waits for you"
                  + " to start it. Your home folder is kept."
              : HOME_IS_KEPT;
      case FAILED -> "Try again. If it fails again, show this to your administrator.";
    };
  }
}
