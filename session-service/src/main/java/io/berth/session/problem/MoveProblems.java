package io.berth.session.problem;

import io.berth.common.Problem;
import io.berth.session.lifecycle.Session;

/** Why a session can't be paused, resumed or restarted from where it is, and what can be done. */
public final class MoveProblems {

  private MoveProblems() {}

  /**
   * The problem.
   *
   * @param verb what was asked for: paused, resumed, restarted, extended
   */
  public static Problem of(Session session, String verb) {
    return Problems.notFromHere(verb, session.state().word(), nextStep(session));
  }

  private static String nextStep(Session session) {
    return switch (session.state()) {
      case REQUESTED, PULLING, CREATING, STARTING, READY, RESUMING, RESTARTING ->
          "Wait until it runs, or stop it with DELETE /api/v1/sessions/{id}.";
      case RUNNING -> "It runs: open its address, or pause it first.";
      case PAUSING -> "Wait until it is paused, then resume it.";
      case PAUSED -> "Resume it with POST /api/v1/sessions/{id}/resume.";
      case STOPPING, STOPPED, FAILED -> "Launch a new one with POST /api/v1/sessions.";
    };
  }
}
