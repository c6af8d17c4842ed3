@NullMarked
package io.berth.launcher.compose;

import org.jspecify.annotations.NullMarked;
