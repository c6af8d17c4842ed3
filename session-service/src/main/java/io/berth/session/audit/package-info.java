/**
 * Who does what to sessions.
 *
 * <p>Any feature may depend on it; it depends on {@code database} only.
 */
@NullMarked
package io.berth.session.audit;

import org.jspecify.annotations.NullMarked;
