package io.berth.session.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.session.catalogue.DesktopType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** What a seat is made of, as a fingerprint: a seat of another recipe is of no use any more. */
final class Recipe {

  private Recipe() {}

  /** The same on every replica and after every restart, while the catalogue says the same. */
  static String of(DesktopType type) {
    DesktopType.Hardening hardening = type.hardening();
    List<Object> parts =
        List.of(
            type.image().name(),
            type.standIn().map(DesktopType.Image::name).orElse(""),
            type.port(),
            type.scheme(),
            type.username(),
            type.passwordVariable(),
            new TreeMap<>(type.environment()),
            type.limits(),
            type.gpus(),
            type.capabilities(),
            hardening.isolated(),
            hardening.user(),
            hardening.seccomp(),
            hardening.appArmor(),
            hardening.readOnlyRoot(),
            new TreeMap<>(hardening.tmpfs()),
            new TreeMap<>(hardening.extraHosts()));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(parts.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
