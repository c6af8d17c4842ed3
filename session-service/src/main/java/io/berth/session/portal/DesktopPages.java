package io.berth.session.portal;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.jspecify.annotations.Nullable;

/** The pages about a desktop that can't be entered now. */
@CheckedTemplate(basePath = "desktop")
public final class DesktopPages {

  /**
   * What a page says of a desktop.
   *
   * @param title its desktop type's name for people
   * @param type its desktop type's name
   * @param path {@code {slug}-{type}}
   * @param phase free, busy, paused, stopping or failed, as phases.js has them
   * @param heading how it is, in a few words
   * @param message what happens now, empty if nothing does
   * @param percent how far that is, null if it can't be told
   * @param reason why there is no desktop, empty if there is nothing to say
   * @param note what comes next
   * @param startsByItself whether the page starts the desktop
   */
  public record View(
      String title,
      String type,
      String path,
      String phase,
      String heading,
      String message,
      @Nullable Integer percent,
      String reason,
      String note,
      boolean startsByItself) {

    /** Whether it changes without a person's doing. */
    public boolean isMoving() {
      return phase.equals("busy") || phase.equals("stopping");
    }

    /** Whether it can be started. */
    public boolean isStartable() {
      return phase.equals("free") || phase.equals("paused") || phase.equals("failed");
    }

    /** What the button to start it says. */
    public String verb() {
      return switch (phase) {
        case "failed" -> "Try again";
        case "paused" -> "Resume " + title;
        default -> "Start " + title;
      };
    }
  }

  /** How a desktop is, what happens, and what can be done. */
  public static native TemplateInstance absent(View view);

  /** The same for an address that never was and for one of somebody else. */
  public static native TemplateInstance unknown();

  private DesktopPages() {}
}
