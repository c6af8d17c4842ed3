package io.berth.launcher.postgres;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A copy of a running server's data by PostgreSQL's low-level backup: the embedded distribution
 * brings no pg_dump. The write-ahead log of the time between is kept by a slot and copied last, so
 * that a start on the copy ends at the moment of {@code pg_backup_stop}.
 */
record ClusterCopy(PostgresSettings settings) {

  private static final Duration LIMIT = Duration.ofHours(1);

  /** What a server makes anew at its start, and what must not come along. */
  private static final List<String> LEFT_OUT =
      List.of(
          "./postmaster.pid",
          "./postmaster.opts",
          "./pg_wal/*",
          "./pg_replslot/*",
          "./pg_dynshmem/*",
          "./pg_notify/*",
          "./pg_serial/*",
          "./pg_snapshots/*",
          "./pg_stat_tmp/*",
          "./pg_subtrans/*",
          "./pgsql_tmp*");

  void to(Path archive) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_create_physical_replication_slot('berth_backup', true, true)");
      statement.execute("SELECT pg_backup_start('berth', true)");
      Path label = Files.createTempDirectory("berth-label-");
      try {
        tar(
            Stream.concat(
                    Stream.of("-C", settings.data().toString(), "-cf", archive.toString()),
                    Stream.concat(
                        LEFT_OUT.stream().map(each -> "--exclude=" + each), Stream.of(".")))
                .toList());
        try (ResultSet row =
            statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
          row.next();
          Files.writeString(label.resolve("backup_label"), row.getString(1));
        }
        append(archive, settings.data(), "./pg_wal");
        append(archive, label, "./backup_label");
      } finally {
        Unpacked.delete(label);
      }
    } catch (SQLException | IOException e) {
      throw new Failure(
          "PostgreSQL could not be copied (%s): see %s, then try again."
              .formatted(e.getMessage(), settings.log()),
          e);
    }
  }

  /** Makes a data directory of an archive, its account's and nobody else's. */
  static void unpack(Path archive, Path data, Account account) throws IOException {
    Unpacked.delete(data);
    Files.createDirectories(data);
    tar(List.of("-C", data.toString(), "--no-same-owner", "-xpf", archive.toString()));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    List<Path> all;
    try (Stream<Path> files = Files.walk(data)) {
      all = files.toList();
    }
    for (Path path : all) {
      account.own(path);
    }
  }

  private static void append(Path archive, Path folder, String what) {
    tar(List.of("-C", folder.toString(), "-rf", archive.toString(), what));
  }

  /** Files may change and go while they are copied: the write-ahead log mends that. */
  private static void tar(List<String> words) {
    Command.Outcome outcome =
        Command.of(
                Stream.concat(
                        Stream.of("tar", "--warning=no-file-changed", "--warning=no-file-removed"),
                        words.stream())
                    .toList())
            .run(LIMIT);
    if (outcome.exitCode() > 1) {
      throw new Failure(
          "tar failed (%s): check the disk and try again.".formatted(outcome.lastLine()));
    }
  }

  private Connection connect() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(settings.port()));
    return source.getConnection(
        PostgresSettings.SUPERUSER, settings.password(PostgresSettings.SUPERUSER));
  }
}
