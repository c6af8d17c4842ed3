package io.berth.auth.person;

import org.jspecify.annotations.Nullable;

/**
 * What an identity provider vouches for at a sign-in.
 *
 * @param issuer the provider
 * @param subject who it is there; with the issuer the only thing that identifies a person
 * @param userName the name to make a slug of
 * @param displayName the name to show
 * @param email an address, if the provider tells one
 * @param admin whether the person is in the administrators' group
 */
public record ProvenPerson(
    String issuer,
    String subject,
    String userName,
    String displayName,
    @Nullable String email,
    boolean admin) {}
