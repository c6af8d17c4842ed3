/**
 * The REST API under {@code /api/v1}.
 *
 * <p>Nothing depends on it.
 */
@NullMarked
package io.berth.session.api;

import org.jspecify.annotations.NullMarked;
