package io.berth.session.catalogue;

import io.berth.common.DesktopTypeName;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The desktop types that people can launch, read and checked once, at start. */
@Startup
@ApplicationScoped
public class Catalogue {

  private final List<DesktopType> types;

  Catalogue(CatalogueConfig config) {
    List<String> errors = new ArrayList<>();
    CatalogueReader reader = new CatalogueReader(errors, config.allowUnconfined());
    this.types =
        config.desktops().entrySet().stream()
            .filter(entry -> entry.getValue().enabled())
            .flatMap(entry -> reader.read(entry.getKey(), entry.getValue()).stream())
            .sorted(Comparator.comparing(DesktopType::title))
            .toList();
    if (!errors.isEmpty()) {
      throw new InvalidCatalogue(errors);
    }
  }

  /** All types, by title. */
  public List<DesktopType> types() {
    return types;
  }

  /** The type of a name, if there is one. */
  public Optional<DesktopType> find(String name) {
    return types.stream().filter(type -> type.name().value().equals(name)).findFirst();
  }

  /** The type of a name, if there is one. */
  public Optional<DesktopType> find(DesktopTypeName name) {
    return find(name.value());
  }
}
