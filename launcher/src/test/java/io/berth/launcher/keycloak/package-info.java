@NullMarked
package io.berth.launcher.keycloak;

import org.jspecify.annotations.NullMarked;
