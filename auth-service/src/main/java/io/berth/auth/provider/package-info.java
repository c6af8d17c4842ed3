/**
 * The identity provider: quarkus-oidc, set up and driven, and everything that is asked of it.
 *
 * <p>The only package that knows quarkus-oidc. May depend on {@code address}, {@code key} (for the
 * state cookie's secret) and {@code person}; {@code login} and {@code logout} depend on it.
 */
@NullMarked
package io.berth.auth.provider;

import org.jspecify.annotations.NullMarked;
