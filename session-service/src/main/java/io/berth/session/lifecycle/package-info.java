/**
 * A session from the request to its end: the legal moves, the steps, the workers, the reconciler,
 * and the use cases as verbs.
 *
 * <p>The API and pages depend on it; it depends on catalogue, container, port, route, database.
 */
@NullMarked
package io.berth.session.lifecycle;

import org.jspecify.annotations.NullMarked;
