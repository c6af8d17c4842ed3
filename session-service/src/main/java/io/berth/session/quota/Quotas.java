package io.berth.session.quota;

import io.berth.session.catalogue.DesktopType;
import io.berth.session.database.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides whether a person may have one more desktop. One decision is made at a time on all
 * replicas, and its row is written in the same transaction, so that no two get the same room.
 */
@ApplicationScoped
public class Quotas {

  private static final long LOCK = 0x6265727468_71L; // "berthq"

  /**
   * Who asks.
   *
   * @param ownerId the person
   * @param groups their groups at the identity provider
   */
  public record Applicant(String ownerId, Set<String> groups) {}

  /**
   * The host as a launch finds it.
   *
   * @param budget what all desktops may take together
   * @param hasSeat whether a warm seat is there for this launch
   */
  public record Host(Share budget, boolean hasSeat) {}

  private final QuotaConfig config;
  private final WaitingLine line;

  Quotas(QuotaConfig config, WaitingLine line) {
    this.config = config;
    this.line = line;
  }

  /** Until the transaction ends nobody else is admitted, on any replica. */
  public static void lock(Transaction transaction) throws SQLException {
    transaction.list("SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
  }

  /**
   * What is to become of a request; the caller writes its row in the same transaction.
   *
   * @param host what desktops may take of it, and what there is of it for this one already
   */
  public Verdict judge(Transaction transaction, Applicant applicant, DesktopType type, Host host)
      throws SQLException {
    Share budget = host.budget();
    lock(transaction);
    int limit = limitOf(applicant.groups());
    List<String> own = liveOf(transaction, applicant.ownerId());
    if (own.size() >= limit) {
      return new Verdict.TooManyOfOnesOwn(limit, own);
    }
    Map<String, Integer> limited = limitedGroups(applicant.groups());
    Optional<String> chargedTo = roomiest(transaction, limited);
    if (chargedTo.isEmpty() && !limited.isEmpty()) {
      Map.Entry<String, Integer> first = limited.entrySet().iterator().next();
      return new Verdict.TooManyOfGroup(first.getKey(), first.getValue());
    }
    Share needed = Share.of(type);
    if (!needed.fitsInto(budget)) {
      return new Verdict.NeverFits(needed, budget);
    }
    int waiting = line.length(transaction);
    Usage usage = Usage.read(transaction, config.countPaused());
    Share missing = host.hasSeat() ? Share.NONE : needed; // a seat has its room
    if (waiting == 0 && line.hasRoom(usage, missing, budget)) {
      return new Verdict.Admitted(chargedTo);
    }
    if (waiting >= config.queue().length()) {
      return new Verdict.NoRoom(waiting, line.estimate(transaction, waiting + 1));
    }
    return new Verdict.Waits(chargedTo, waiting + 1);
  }

  /** Whether one more seat can be made: never while a person waits. */
  public boolean hasRoomForSeat(Transaction transaction, DesktopType type, Share budget)
      throws SQLException {
    Usage usage = Usage.read(transaction, config.countPaused());
    return line.length(transaction) == 0 && usage.all().plus(Share.of(type)).fitsInto(budget);
  }

  private int limitOf(Set<String> groups) {
    return groups.stream()
        .map(config.groups()::get)
        .filter(group -> group != null && group.sessionsPerPerson().isPresent())
        .mapToInt(group -> group.sessionsPerPerson().getAsInt())
        .max()
        .orElse(config.sessionsPerPerson());
  }

  private List<String> liveOf(Transaction transaction, String ownerId) throws SQLException {
    return transaction.list(
        "SELECT proxy_path FROM containers WHERE user_id = ?"
            + " AND status NOT IN ('stopping', 'stopped', 'failed') AND (status <> 'paused' OR ?)"
            + " ORDER BY generation",
        row -> row.getString(1),
        ownerId,
        config.countPaused());
  }

  private Map<String, Integer> limitedGroups(Set<String> groups) {
    Map<String, Integer> limited = new TreeMap<>();
    for (String name : groups) {
      QuotaConfig.Group group = config.groups().get(name);
      if (group != null && group.sessions().isPresent()) {
        limited.put(name, group.sessions().getAsInt());
      }
    }
    return limited;
  }

  /** The group with the most room, nothing if all are full. */
  private Optional<String> roomiest(Transaction transaction, Map<String, Integer> limited)
      throws SQLException {
    if (limited.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> room = new TreeMap<>(limited);
    transaction.list(
        "SELECT charged_to, count(*) FROM containers WHERE charged_to = ANY (?)"
            + " AND status NOT IN ('stopping', 'stopped', 'failed') AND (status <> 'paused' OR ?)"
            + " GROUP BY charged_to",
        row -> room.merge(row.getString(1), -row.getInt(2), Integer::sum),
        List.copyOf(limited.keySet()),
        config.countPaused());
    return room.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .max(Comparator.comparing(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }
}
