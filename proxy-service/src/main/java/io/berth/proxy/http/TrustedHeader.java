package io.berth.proxy.http;

/** By which header a trusted proxy tells of the client; the others may still be the client's. */
public enum TrustedHeader {
  /** {@code X-Forwarded-For} and {@code X-Forwarded-Host}, as nginx is configured. */
  X_FORWARDED,
  /** {@code Forwarded} (RFC 7239). */
  FORWARDED
}
