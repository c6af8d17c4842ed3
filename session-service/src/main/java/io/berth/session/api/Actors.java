package io.berth.session.api;

import io.berth.session.audit.Actor;
import io.berth.session.identity.Caller;

/** The caller as who does something. */
final class Actors {

  private Actors() {}

  static Actor admin(Caller caller) {
    return Actor.admin(caller.id(), caller.slug().value());
  }

  static Actor person(Caller caller) {
    return Actor.person(caller.id(), caller.slug().value());
  }
}
