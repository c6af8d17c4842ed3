@NullMarked
package io.berth.launcher.process;

import org.jspecify.annotations.NullMarked;
