package io.berth.session.problem;

import io.berth.common.Problem;
import io.berth.session.home.Home;
import java.util.List;

/** Why a person's home could not be had, emptied or removed. */
public final class HomeProblems {

  private HomeProblems() {}

  public static Problem unknown() {
    return Problem.of(
        "unknown-home",
        "Unknown home",
        404,
        "You have no such home.",
        "Look at your homes with GET /api/v1/homes.");
  }

  public static Problem inUse(List<Home.Use> uses) {
    return uses.isEmpty()
        ? Problem.of(
            "home-in-use",
            "This home is in use",
            409,
            "The container of a desktop that has ended is still being removed.",
            "Try again in a moment.")
        : Problem.of(
            "home-in-use",
            "This home is in use",
            409,
            "A desktop has it: %s."
                .formatted(
                    String.join(", ", uses.stream().map(use -> use.path().value()).toList())),
            "Stop it first: %s."
                .formatted(
                    String.join(
                        ", ",
                        uses.stream()
                            .map(use -> "DELETE /api/v1/sessions/" + use.sessionId())
                            .toList())));
  }

  public static Problem empty() {
    return Problem.of(
        "home-empty",
        "This home is empty",
        404,
        "No desktop has used it since it was made or reset.",
        "Launch a desktop that has it; GET /api/v1/homes tells which.");
  }

  public static Problem tooManyDownloads() {
    return Problem.of(
        "too-many-downloads",
        "Too many downloads",
        503,
        "As many homes are being downloaded as this service allows.",
        "Try again in a minute. An administrator can raise berth.homes.downloads.");
  }

  public static Problem notHere() {
    return Problem.of(
        "no-downloads-here",
        "Homes can't be downloaded here",
        501,
        "What runs desktops here can't pack a home.",
        "Copy the files from within a desktop that has it.");
  }

  public static Problem onlyAsDownload() {
    return Problem.of(
        "only-as-download",
        "Not for scripts of a page",
        403,
        "A home is given to a download of the browser, or to a client that is no browser, not to a"
            + " page's script: desktops may share this origin.",
        "Open the address as a link.");
  }
}
