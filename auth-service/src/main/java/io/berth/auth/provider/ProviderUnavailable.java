package io.berth.auth.provider;

/** The identity provider does not answer; nobody can sign in until it does. */
public class ProviderUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  ProviderUnavailable(String reason) {
    super(reason);
  }
}
