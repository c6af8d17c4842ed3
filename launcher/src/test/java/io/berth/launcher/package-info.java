@NullMarked
package io.berth.launcher;

import org.jspecify.annotations.NullMarked;
