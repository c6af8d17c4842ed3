package io.berth.proxy.tls;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate with its key as they were read from their files.
 *
 * @param leaf the edge's own certificate, without those that vouch for it
 * @param context what TLS is spoken with
 */
record ServerCertificate(X509Certificate leaf, SslContext context) {

  private static final byte[] SAMPLE = {1, 2, 3};

  /** What the files hold. */
  record Pem(String certificate, String key) {

    static Pem read(Path certificate, Path key) throws IOException {
      return new Pem(
          Files.readString(certificate, StandardCharsets.ISO_8859_1),
          Files.readString(key, StandardCharsets.ISO_8859_1));
    }

    /** Never the key. */
    @Override
    public String toString() {
      return "Pem";
    }
  }

  /**
   * Reads both.
   *
   * @param http2 whether HTTP/2 is offered beside HTTP/1.1
   * @throws GeneralSecurityException if they can't be used, or not with each other
   */
  static ServerCertificate of(Pem pem, Vertx vertx, boolean http2)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = keys(pem, vertx);
    X509KeyManager manager = (X509KeyManager) keys.getKeyManagers()[0];
    for (String type : new String[] {"EC", "RSA", "Ed25519", "EdDSA"}) {
      String[] aliases = manager.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        X509Certificate leaf = manager.getCertificateChain(aliases[0])[0];
        requirePair(leaf, manager.getPrivateKey(aliases[0]));
        return new ServerCertificate(leaf, context(keys, http2));
      }
    }
    throw new GeneralSecurityException("a kind of key that is not known here");
  }

  private static KeyManagerFactory keys(Pem pem, Vertx vertx) throws GeneralSecurityException {
    try {
      return new PemKeyCertOptions()
          .setCertValue(Buffer.buffer(pem.certificate))
          .setKeyValue(Buffer.buffer(pem.key))
          .getKeyManagerFactory(vertx);
    } catch (Exception e) {
      throw new GeneralSecurityException("not PEM of a certificate and its key", e);
    }
  }

  /** A renewal replaces one file after the other: in between they are no pair. */
  private static void requirePair(X509Certificate leaf, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(SAMPLE);
    byte[] signed = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(leaf.getPublicKey());
    verifier.update(SAMPLE);
    if (!verifier.verify(signed)) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }

  private static SslContext context(KeyManagerFactory keys, boolean http2) throws IOException {
    return SslContextBuilder.forServer(keys)
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                http2
                    ? new String[] {
                      ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1
                    }
                    : new String[] {ApplicationProtocolNames.HTTP_1_1}))
        .build();
  }
}
