/**
 * Host ports: which are free, which rest in quarantine.
 *
 * <p>The lifecycle may depend on it; it depends on the database only.
 */
@NullMarked
package io.berth.session.port;

import org.jspecify.annotations.NullMarked;
