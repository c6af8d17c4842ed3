/**
 * The plain pages that people see while they sign in and out, and the headers on every answer.
 *
 * <p>Resources may depend on it; it depends on no feature.
 */
@NullMarked
package io.berth.auth.page;

import org.jspecify.annotations.NullMarked;
