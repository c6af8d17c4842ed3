package io.berth.auth.key;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts what must not be readable in the database: AES-256-GCM under keys derived (HKDF, RFC
 * 5869) from {@code berth.auth.key-encryption-secret}, bound to a name so that one row's secret
 * opens nowhere else.
 */
@ApplicationScoped
public class Seal {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String DATABASE = "berth.auth database v1";
  private static final String STATE_COOKIE = "berth.auth state cookie v1";

  private final SecureRandom random = new SecureRandom();
  private final SecretKey databaseKey;
  private final String stateCookieSecret;

  public Seal(KeyConfig config) {
    byte[] secret = config.keyEncryptionSecret().getBytes(StandardCharsets.UTF_8);
    this.databaseKey = derived(secret, DATABASE);
    this.stateCookieSecret =
        Base64.getEncoder().encodeToString(derived(secret, STATE_COOKIE).getEncoded());
  }

  /** Encrypts {@code plain} for the row or purpose {@code name}. */
  public byte[] close(byte[] plain, String name) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, plain, name);
    byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
    return both;
  }

  /**
   * What {@link #close} was given.
   *
   * @throws SealBroken if the secret, the name or the bytes are not the ones of then
   */
  public byte[] open(byte[] sealed, String name) {
    if (sealed.length <= NONCE_BYTES) {
      throw new SealBroken(name);
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
    return crypt(Cipher.DECRYPT_MODE, nonce, rest, name);
  }

  /** The secret by which the cookie of a sign-in under way is encrypted, the same on replicas. */
  public String stateCookieSecret() {
    return stateCookieSecret;
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] bytes, String name) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, databaseKey, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (javax.crypto.AEADBadTagException e) {
      throw new SealBroken(name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not usable in this JVM", e);
    }
  }

  private static SecretKey derived(byte[] secret, String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "AES",
              HKDFParameterSpec.ofExtract()
                  .addIKM(secret)
                  .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 is not usable in this JVM", e);
    }
  }
}
