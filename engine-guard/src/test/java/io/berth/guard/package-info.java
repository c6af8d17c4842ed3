@NullMarked
package io.berth.guard;

import org.jspecify.annotations.NullMarked;
