package io.berth.auth.login;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against auth-service as it is delivered, native with the profile of that name. */
@QuarkusIntegrationTest
class PackagedSignInIT extends SignInTest {}
