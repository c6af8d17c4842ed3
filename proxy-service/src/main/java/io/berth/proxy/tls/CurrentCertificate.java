package io.berth.proxy.tls;

import io.netty.handler.ssl.SslContext;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that new connections get. Its files are read again when they change; what is open
 * goes on with what it began with, and files that can't be used change nothing.
 */
final class CurrentCertificate implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(CurrentCertificate.class);

  private final Path certificate;
  private final Path key;
  private final Duration every;
  private final boolean http2;
  private final Vertx vertx;
  private volatile ServerCertificate current;
  private ServerCertificate.Pem read;
  private @Nullable Thread watching;

  /**
   * @throws IllegalArgumentException if the files can't be used
   */
  CurrentCertificate(Path certificate, Path key, Duration every, boolean http2, Vertx vertx) {
    this.certificate = certificate;
    this.key = key;
    this.every = every;
    this.http2 = http2;
    this.vertx = vertx;
    try {
      read = ServerCertificate.Pem.read(certificate, key);
      current = ServerCertificate.of(read, vertx, http2);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "berth.proxy.tls.certificate=%s and berth.proxy.tls.key=%s can't be used (%s): both must be PEM files, the key not encrypted"
              .formatted(certificate, key, reason(e)),
          e);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What a new connection speaks TLS with. */
  SslContext context() {
    return current.context();
  }

  /** When it is over. */
  Instant validUntil() {
    return current.leaf().getNotAfter().toInstant();
  }

  void watch() {
    watching = Thread.ofVirtual().name("certificate-watch").start(this::look);
  }

  private void look() {
    String lastTrouble = "";
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(every.toMillis());
        String trouble = readAgain();
        if (!trouble.isEmpty() && !trouble.equals(lastTrouble)) {
          LOG.warnf(
              "certificate=%s was changed and can't be used (%s); the one before serves on until"
                  + " %s",
              certificate, trouble, validUntil());
        }
        lastTrouble = trouble;
      }
    } catch (InterruptedException e) {
      // The edge stops.
    }
  }

  private String readAgain() {
    try {
      ServerCertificate.Pem now = ServerCertificate.Pem.read(certificate, key);
      if (!now.equals(read)) {
        current = ServerCertificate.of(now, vertx, http2);
        read = now;
        LOG.infof("certificate=%s was renewed, valid until %s", certificate, validUntil());
      }
      return "";
    } catch (IOException | GeneralSecurityException e) {
      return reason(e);
    }
  }

  @Override
  public void close() {
    Thread running = watching;
    if (running != null) {
      running.interrupt();
    }
  }
}
