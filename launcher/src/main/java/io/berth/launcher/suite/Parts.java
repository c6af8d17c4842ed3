package io.berth.launcher.suite;

import io.berth.launcher.installation.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All parts of an installation, in the order in which they start. */
public final class Parts {

  private final Part database;
  private final Part identityProvider;
  private final List<Part> services = new ArrayList<>();

  /**
   * @param engineAddress asked for only when session-service is started
   */
  public Parts(Installation installation, Supplier<String> engineAddress) {
    this.database = new Database(installation);
    this.identityProvider = new IdentityProvider(installation);
    for (ServiceName service : ServiceName.values()) {
      services.add(
          new Service(
              installation,
              service,
              () -> new ServiceEnvironment(installation, engineAddress.get()).of(service)));
    }
  }

  public Part database() {
    return database;
  }

  public Part identityProvider() {
    return identityProvider;
  }

  public List<Part> services() {
    return List.copyOf(services);
  }

  public Part service(ServiceName name) {
    return services.stream()
        .filter(part -> part.name().equals(name.module()))
        .findFirst()
        .orElseThrow();
  }

  public List<Part> all() {
    List<Part> all = new ArrayList<>(List.of(database, identityProvider));
    all.addAll(services);
    return all;
  }
}
