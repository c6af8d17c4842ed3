@NullMarked
package io.berth.launcher.engine;

import org.jspecify.annotations.NullMarked;
