package io.berth.auth.provider;

import io.quarkus.oidc.AuthenticationCompletionAction;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Hands the outcome of a finished, verified code flow to the request that it belongs to. */
@ApplicationScoped
public class FinishedFlow implements AuthenticationCompletionAction {

  private static final String KEY = FinishedFlow.class.getName();

  @Override
  public Uni<Void> action(AuthenticationCompletionContext finished) {
    finished.routingContext().put(KEY, finished);
    return Uni.createFrom().voidItem();
  }

  static Optional<AuthenticationCompletionContext> of(RoutingContext context) {
    return Optional.ofNullable(context.get(KEY));
  }
}
