@NullMarked
package io.berth.launcher.suite;

import org.jspecify.annotations.NullMarked;
