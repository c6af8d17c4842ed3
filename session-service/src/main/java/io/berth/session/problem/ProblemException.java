package io.berth.session.problem;

import io.berth.common.Problem;
import java.time.Duration;
import java.util.Optional;

/** Answers the request with a problem. */
public class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;
  private final transient Optional<Duration> retryAfter;

  public ProblemException(Problem problem) {
    this(problem, Optional.empty());
  }

  /** With a time after which it makes sense to ask again. */
  public ProblemException(Problem problem, Optional<Duration> retryAfter) {
    super(problem.title(), null, false, false);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  Problem problem() {
    return problem;
  }
}
