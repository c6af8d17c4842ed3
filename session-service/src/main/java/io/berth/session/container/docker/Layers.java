package io.berth.session.container.docker;

import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a pull is, by its layers. Each counts the same, since the engine tells a layer's size
 * only when its download begins: 70 % of it is the download, the rest unpacking.
 */
final class Layers {

  private static final double DOWNLOAD = 0.7;

  private final Map<String, Double> done = new LinkedHashMap<>();
  private int percent;
  private long lastNews = System.nanoTime();
  private @Nullable String error;

  synchronized void heard(PullResponseItem item) {
    lastNews = System.nanoTime();
    if (item.getErrorDetail() != null) {
      error = Objects.requireNonNullElse(item.getErrorDetail().getMessage(), "no reason given");
    }
    String layer = item.getId();
    String status = item.getStatus();
    if (layer == null || status == null || status.startsWith("Pulling from")) {
      return;
    }
    double before = done.getOrDefault(layer, 0.0);
    done.put(layer, Math.max(before, fraction(status, item.getProgressDetail())));
  }

  /** 0 to 100, never less than before. */
  synchronized int percent() {
    double sum = done.values().stream().mapToDouble(Double::doubleValue).sum();
    int now = done.isEmpty() ? 0 : (int) Math.floor(100 * sum / done.size());
    percent = Math.max(percent, now);
    return percent;
  }

  synchronized long nanosSinceNews() {
    return System.nanoTime() - lastNews;
  }

  /** Why the engine gave up, null if it did not. */
  synchronized @Nullable String error() {
    return error;
  }

  private static double fraction(String status, ResponseItem.@Nullable ProgressDetail detail) {
    return switch (status) {
      case "Downloading" -> DOWNLOAD * part(detail);
      case "Verifying Checksum", "Download complete" -> DOWNLOAD;
      case "Extracting" -> DOWNLOAD + (1 - DOWNLOAD) * part(detail);
      case "Already exists", "Pull complete" -> 1;
      default -> 0;
    };
  }

  private static double part(ResponseItem.@Nullable ProgressDetail detail) {
    if (detail == null || detail.getCurrent() == null || detail.getTotal() == null) {
      return 0;
    }
    return detail.getTotal() <= 0
        ? 0
        : Math.min(1.0, detail.getCurrent() / (double) detail.getTotal());
  }
}
