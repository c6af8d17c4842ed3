/**
 * Launches as a person has them: from the click to the desktop's first byte, through a
 * session-service, a PostgreSQL, an edge and a container engine that are real.
 */
@NullMarked
package io.berth.bench.launch;

import org.jspecify.annotations.NullMarked;
