/**
 * What administrators do with other people's logins: see them and end them.
 *
 * <p>May depend on {@code login} and {@code address}; only {@code problem} depends on it.
 */
@NullMarked
package io.berth.auth.admin;

import org.jspecify.annotations.NullMarked;
