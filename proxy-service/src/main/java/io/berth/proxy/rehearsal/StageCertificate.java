package io.berth.proxy.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate for one rehearsal, as a desktop makes one for itself. */
final class StageCertificate {

  private static final String PASSWORD_VARIABLE = "REHEARSAL_PASSWORD";
  private static final int LIMIT_SECONDS = 30;

  private StageCertificate() {}

  /** TLS with a new certificate. */
  static SSLContext make() throws IOException, InterruptedException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("rehearsal-");
    Path file = folder.resolve("keys.p12");
    String password = UUID.randomUUID().toString();
    try {
      generate(file, password);
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, password.toCharArray());
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, password.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /** The JDK makes certificates by its keytool only. */
  private static void generate(Path file, String password)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "rehearsal",
                "-keyalg",
                "EC",
                "-dname",
                "CN=rehearsal",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put(PASSWORD_VARIABLE, password);
    Process keytool = builder.start();
    if (!keytool.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IOException("keytool made no certificate");
    }
  }
}
