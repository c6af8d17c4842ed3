/**
 * Who asks: which tokens are taken, and the caller that they name.
 *
 * <p>The API and pages may depend on it; it depends on no feature.
 */
@NullMarked
package io.berth.session.identity;

import org.jspecify.annotations.NullMarked;
