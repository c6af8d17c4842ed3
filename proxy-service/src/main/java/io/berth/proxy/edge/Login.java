package io.berth.proxy.edge;

import io.berth.common.LoginClaims;

/** A request's login: who, and the token that says so. */
record Login(LoginClaims claims, String token) {

  String slug() {
    return claims.slug().value();
  }

  boolean owns(String ownerId) {
    return claims.subject().equals(ownerId);
  }
}
