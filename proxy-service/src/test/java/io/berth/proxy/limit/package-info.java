/** Tests of the limits. */
@NullMarked
package io.berth.proxy.limit;

import org.jspecify.annotations.NullMarked;
