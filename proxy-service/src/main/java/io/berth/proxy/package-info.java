/** The edge's process. */
@NullMarked
package io.berth.proxy;

import org.jspecify.annotations.NullMarked;
