package io.berth.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.installation.Checkout;
import io.berth.launcher.process.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClusterCopyTest {

  @Test
  void aServerStartsOnTheCopyOfAnotherThatGoesOnWorking() throws Exception {
    Path folder = Files.createTempDirectory("berth-copy-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (PostgresServer original = PostgresServer.startTemporary()) {
      run(original, "CREATE TABLE public.kept AS SELECT 1 AS id");
      original.copyTo(folder.resolve("copy.tar"));
      run(original, "INSERT INTO public.kept VALUES (2)");

      PostgresServer copy = PostgresServer.of(settings(original, folder));
      copy.replaceBy(folder.resolve("copy.tar"));
      copy.start();

      try (Connection connection = connect(copy, original.password("berth_session"));
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT string_agg(id::text, ',') FROM kept")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("1");
      } finally {
        copy.stop();
      }
    } finally {
      Unpacked.delete(folder);
    }
  }

  private static PostgresSettings settings(PostgresServer original, Path folder) {
    return new PostgresSettings(
        Checkout.find(),
        folder.resolve("data"),
        folder.resolve("postgres.log"),
        FreePort.any(),
        PostgresSettings.ROLES.stream()
            .collect(Collectors.toMap(Function.identity(), original::password)),
        false);
  }

  private static void run(PostgresServer server, String sql) throws Exception {
    try (Connection connection = connect(server, server.password("berth_session"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(PostgresServer server, String password) throws Exception {
    return DriverManager.getConnection(server.jdbcUrl(), "berth_session", password);
  }
}
