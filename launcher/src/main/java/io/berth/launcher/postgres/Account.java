package io.berth.launcher.postgres;

import io.berth.launcher.console.Failure;
import io.berth.launcher.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who PostgreSQL runs as: it refuses to run as root, so root runs it as an account that every Linux
 * has, keeping only the right to pass through folders where the checkout is out of its reach.
 */
sealed interface Account {

  /** The words that run {@code words} as this account. */
  List<String> running(List<String> words);

  /** Gives this account a file or folder of its own. */
  void own(Path path) throws IOException;

  /** The account that can run PostgreSQL on {@code paths}. */
  static Account forFolders(Path... paths) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new Caller();
    }
    String name = exists("postgres") ? "postgres" : "nobody";
    for (Path path : paths) {
      if (!reachable(path)) {
        return new Unprivileged(name, true);
      }
    }
    return new Unprivileged(name, false);
  }

  /** The one who started the launcher. */
  record Caller() implements Account {

    @Override
    public List<String> running(List<String> words) {
      return words;
    }

    @Override
    public void own(Path path) {}
  }

  /** Another account, which root takes on by {@code setpriv} (util-linux). */
  record Unprivileged(String name, boolean passesAnyFolder) implements Account {

    @Override
    public List<String> running(List<String> words) {
      List<String> all =
          new ArrayList<>(
              List.of("setpriv", "--reuid", name, "--regid", id("-g"), "--clear-groups"));
      if (passesAnyFolder) {
        // An ambient capability survives exec of programs that have none of their own.
        all.addAll(List.of("--inh-caps", "-all,+dac_override", "--ambient-caps", "+dac_override"));
      } else {
        all.addAll(List.of("--inh-caps", "-all"));
      }
      all.addAll(words);
      return all;
    }

    @Override
    public void own(Path path) throws IOException {
      UserPrincipal user =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
      Files.setOwner(path, user);
    }

    private String id(String which) {
      Command.Outcome outcome = Command.of("id", which, name).run(Duration.ofSeconds(10));
      if (!outcome.succeeded()) {
        throw new Failure(
            "The account %s, which PostgreSQL would run as, does not exist: run ./berth as a user other than root."
                .formatted(name));
      }
      return outcome.lastLine();
    }
  }

  private static boolean exists(String name) {
    return Command.of("id", "-u", name).run(Duration.ofSeconds(10)).succeeded();
  }

  private static boolean reachable(Path path) {
    try {
      for (@Nullable Path folder = path.toAbsolutePath().getParent();
          folder != null;
          folder = folder.getParent()) {
        PosixFileAttributeView view =
            Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (Files.exists(folder)
            && !view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
