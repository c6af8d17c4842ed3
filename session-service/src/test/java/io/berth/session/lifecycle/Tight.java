package io.berth.session.lifecycle;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/**
 * A host with room for four desktops, people who may have few, and no worker that does anything.
 */
public final class Tight implements QuarkusTestProfile {

  static final int ROOM = 4;
  static final int QUEUE = 6;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = new HashMap<>();
    config.put("berth.lifecycle.workers", "0");
    config.put("berth.lifecycle.reconcile-every", "1h");
    config.put("berth.quotas.host.memory", "1G"); // four times 256M
    config.put("berth.quotas.host.memory-overcommit", "1");
    config.put("berth.quotas.queue.length", Integer.toString(QUEUE));
    config.put("berth.quotas.sessions-per-person", "2");
    config.put("berth.quotas.groups.poets.sessions-per-person", "3");
    config.put("berth.quotas.groups.guests.sessions-per-person", "0");
    config.put("berth.quotas.groups.club.sessions", "2");
    config.put("berth.pool.look-again", "1h");
    config.put("berth.desktops.test-pooled.pool.max", "2");
    config.put("berth.desktops.test-pooled.pool.min", "2");
    config.put("berth.desktops.test-large.title", "Large");
    config.put("berth.desktops.test-large.image", "berth-test/none:1");
    config.put("berth.desktops.test-large.limits.memory", "2G");
    return config;
  }
}
