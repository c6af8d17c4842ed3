package io.berth.bench.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much is measured.
 *
 * @param warmUp of each peer before the first round, for each kind of traffic
 * @param phase of steady load
 * @param cold the first while of a fresh process
 * @param idleTunnels open at once for their memory; each takes two descriptors of a proxy
 * @param killedTunnels opened and killed
 * @param routes published one after the other
 * @param logins tokens that are checked for the first time
 */
public record Scale(
    Duration warmUp,
    Duration phase,
    Duration cold,
    int idleTunnels,
    int killedTunnels,
    int routes,
    int logins) {

  /** For figures that are quoted. */
  public static final Scale FULL =
      new Scale(
          Duration.ofSeconds(6),
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          5_000,
          10_000,
          50,
          3_000);

  /** To see that it works. */
  public static final Scale QUICK =
      new Scale(
          Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 500, 1_000, 10, 300);

  /** The same amounts, with other phases of steady load, and as long a warm-up for each. */
  public Scale inPhasesOf(Duration length) {
    return new Scale(length, length, cold, idleTunnels, killedTunnels, routes, logins);
  }

  /** For the report; durations in seconds. */
  public Map<String, Object> described() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("warmUpSeconds", warmUp.toMillis() / 1e3);
    facts.put("phaseSeconds", phase.toMillis() / 1e3);
    facts.put("coldSeconds", cold.toMillis() / 1e3);
    facts.put("requestConnections", SmallRequests.CONNECTIONS);
    facts.put("downloadConnections", Downloads.CONNECTIONS);
    facts.put("roundTripConnections", RoundTrips.CONNECTIONS);
    facts.put("streamConnections", Stream.CONNECTIONS);
    facts.put("idleTunnels", idleTunnels);
    facts.put("killedTunnels", killedTunnels);
    facts.put("routesPublished", routes);
    facts.put("newLogins", logins);
    return facts;
  }
}
