package io.berth.session.portal;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.jspecify.annotations.Nullable;

/**
 * The pages about a desktop that can't be entered now; {@code title} and {@code type} are those of
 * its desktop type, {@code path} is {@code {slug}-{type}}.
 */
@CheckedTemplate(basePath = "desktop")
public final class DesktopPages {

  /** Shows the progress and enters by itself; without {@code percent} the bar only moves. */
  public static native TemplateInstance starting(
      String title, String type, String path, @Nullable Integer percent, String message);

  /** Offers to start it. */
  public static native TemplateInstance stopped(String title, String type, String path);

  /** Gives the reason and offers to try again. */
  public static native TemplateInstance failed(
      String title, String type, String path, String reason);

  /** The same for an address that never was and for one of somebody else. */
  public static native TemplateInstance unknown();

  private DesktopPages() {}
}
