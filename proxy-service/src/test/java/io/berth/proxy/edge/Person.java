package io.berth.proxy.edge;

/** Somebody who signs in. */
record Person(String slug, String id) {

  static final Person ALICE = new Person("alice", "11111111-1111-4111-8111-111111111111");
  static final Person BOB = new Person("bob", "22222222-2222-4222-8222-222222222222");
}
