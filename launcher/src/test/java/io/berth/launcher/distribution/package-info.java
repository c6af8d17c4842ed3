@NullMarked
package io.berth.launcher.distribution;

import org.jspecify.annotations.NullMarked;
