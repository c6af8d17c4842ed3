package io.berth.session.container;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the application the one runtime that its configuration names. */
@ApplicationScoped
class ChooseRuntime {

  @Produces
  @Singleton
  ContainerRuntime chosen(RuntimeConfig config, @Any Instance<ContainerRuntime> runtimes) {
    return runtimes.select(new RunsOn.Literal(config.runtime())).get();
  }
}
