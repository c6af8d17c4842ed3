package io.berth.launcher.image;

import io.berth.launcher.console.Failure;
import io.berth.launcher.engine.Engine;
import io.berth.launcher.installation.Checkout;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * The images of one desktop type.
 *
 * @param type the type's name in the catalogue
 * @param published the public image
 * @param standIn the local image that takes its place where it can't be pulled, or empty
 */
public record DesktopImage(String type, String published, Optional<String> standIn) {

  private static final String CATALOGUE = "session-service/src/main/resources/catalogue.yaml";

  /** All that the catalogue names, in its order. */
  public static List<DesktopImage> inCatalogue(Checkout checkout) {
    Path file = checkout.file(CATALOGUE);
    try (Reader reader = Files.newBufferedReader(file)) {
      Map<?, ?> types = map(map(map(new Yaml().load(reader)).get("berth")).get("desktops"));
      return types.entrySet().stream()
          .map(entry -> of(String.valueOf(entry.getKey()), map(entry.getValue())))
          .toList();
    } catch (IOException | ClassCastException e) {
      throw new Failure("%s can't be read (%s).".formatted(file, e.getMessage()), e);
    }
  }

  /** The one of a type. */
  public static DesktopImage ofType(Checkout checkout, String type) {
    List<DesktopImage> all = inCatalogue(checkout);
    return all.stream()
        .filter(image -> image.type().equals(type))
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                "No desktop type is called %s; the catalogue has %s."
                    .formatted(
                        type, String.join(", ", all.stream().map(DesktopImage::type).toList()))));
  }

  /** The image that a launch would use now. */
  public Optional<String> present(Engine engine) {
    return Optional.of(published)
        .filter(engine::hasImage)
        .or(() -> standIn.filter(engine::hasImage));
  }

  private static DesktopImage of(String type, Map<?, ?> entry) {
    Object standIn = entry.get("stand-in");
    return new DesktopImage(
        type,
        String.valueOf(entry.get("image")),
        Optional.ofNullable(standIn).map(value -> String.valueOf(map(value).get("image"))));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
