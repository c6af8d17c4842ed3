package io.berth.session.catalogue;

/** What tells that a person uses a desktop. */
public enum ActivityKind {
  /** Keys and the pointer, which proxies see in the desktop protocol (RFB). */
  INPUT,
  /** Any request or message of the page as well, for clients that speak another protocol. */
  TRAFFIC
}
