/**
 * All of Berth but sign-in, each part in a process of its own that can be killed, stopped and
 * started: PostgreSQL behind a relay, a private container engine, replicas of session-service and
 * of the edge.
 */
@NullMarked
package io.berth.chaos.world;

import org.jspecify.annotations.NullMarked;
