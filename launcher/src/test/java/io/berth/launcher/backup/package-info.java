@NullMarked
package io.berth.launcher.backup;

import org.jspecify.annotations.NullMarked;
