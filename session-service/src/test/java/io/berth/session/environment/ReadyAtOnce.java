package io.berth.session.environment;

import io.berth.session.catalogue.DesktopType;
import io.berth.session.container.Address;
import io.berth.session.container.DesktopProbe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

/** What {@link StubRuntime} runs is ready at once. */
@Alternative
@ApplicationScoped
public class ReadyAtOnce extends DesktopProbe {

  @Override
  public boolean isReady(DesktopType type, Address address, String password) {
    return true;
  }
}
