package io.berth.session.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against session-service as it is delivered, native with the profile of that name. */
@QuarkusIntegrationTest
class PackagedLifecycleIT extends LifecycleThroughTheApiTest {}
