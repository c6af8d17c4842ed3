package io.berth.session.lifecycle;

import io.berth.common.Slug;

/**
 * The person whose session it is.
 *
 * @param id {@code sub} of their tokens, a UUID
 * @param slug their name in addresses
 */
public record Owner(String id, Slug slug) {}
