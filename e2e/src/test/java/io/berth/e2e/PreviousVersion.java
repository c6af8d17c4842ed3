package io.berth.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The database as the version before the newest migrations left it: five of them, and a session.
 */
final class PreviousVersion {

  private static final Path MIGRATIONS =
      Command.CHECKOUT.resolve("session-service/src/main/resources/db/migration");
  private static final int LAST = 5;

  private static final String HISTORY =
      """
      CREATE TABLE schema_history (installed_rank integer PRIMARY KEY, version varchar(50),
        description varchar(200) NOT NULL, type varchar(20) NOT NULL, script varchar(1000) NOT NULL,
        checksum integer, installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
        execution_time integer NOT NULL, success boolean NOT NULL);
      CREATE INDEX schema_history_s_idx ON schema_history (success);
      """;

  private static final String DORA =
      """
      INSERT INTO containers (id, user_id, session_id, container_name, desktop_type, host_port, status, proxy_path,
        owner_slug, ended_at, port_free_at)
      VALUES ('4b7f2a52-6d0e-4a0e-9f0e-0d1f4c0a7d11', '9d2d7f7e-3a51-4a5c-8a55-0f3f6f1f2a10',
        '4b7f2a52-6d0e-4a0e-9f0e-0d1f4c0a7d11', 'kasm-dora-ubuntu-vscode-abc123', 'ubuntu-vscode', 6821, 'stopped',
        'dora-ubuntu-vscode', 'dora', now(), now());
      """;

  private PreviousVersion() {}

  /** What makes it in an empty database, for a superuser. */
  static String sql() throws IOException {
    StringBuilder sql = new StringBuilder("BEGIN;\nSET LOCAL ROLE berth_session;\n" + HISTORY);
    for (int version = 1; version <= LAST; version++) {
      Path script = script(version);
      sql.append(Files.readString(script)).append('\n').append(applied(version, script));
    }
    return sql.append(DORA).append("COMMIT;\n").toString();
  }

  private static String applied(int version, Path script) throws IOException {
    String file = script.getFileName().toString();
    String description = file.replaceFirst("^V\\d+__", "").replace(".sql", "").replace('_', ' ');
    return "INSERT INTO schema_history VALUES (%d, '%03d', '%s', 'SQL', '%s', %d, 'berth_session', now(), 1, true);\n"
        .formatted(version, version, description, file, checksum(script));
  }

  /** As Flyway counts it: over the lines, without their ends. */
  private static int checksum(Path script) throws IOException {
    CRC32 crc = new CRC32();
    for (String line : Files.readAllLines(script)) {
      crc.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return (int) crc.getValue();
  }

  private static Path script(int version) throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      List<Path> found =
          files
              .filter(
                  file -> file.getFileName().toString().startsWith("V%03d__".formatted(version)))
              .toList();
      return found.getFirst();
    }
  }
}
