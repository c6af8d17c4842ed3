/** Tests of what goes along with a tunnel's bytes. */
@NullMarked
package io.berth.proxy.tunnel;

import org.jspecify.annotations.NullMarked;
