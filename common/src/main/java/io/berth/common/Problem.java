package io.berth.common;

/**
 * An error as RFC 9457 problem details: what went wrong and what to do next.
 *
 * @param type a URI path that names the kind of problem, {@code /problems/unknown-desktop-type}
 * @param title the kind of problem in a few words, the same each time
 * @param status the HTTP status
 * @param detail what went wrong this time, without secrets
 * @param nextStep what the reader can do about it
 */
public record Problem(String type, String title, int status, String detail, String nextStep) {

  /** Media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem whose type is {@code /problems/} and this name. */
  public static Problem of(String name, String title, int status, String detail, String nextStep) {
    return new Problem("/problems/" + name, title, status, detail, nextStep);
  }
}
