@NullMarked
package io.berth.launcher.postgres;

import org.jspecify.annotations.NullMarked;
