/** Tests of how upstreams are dialled. */
@NullMarked
package io.berth.proxy.forward;

import org.jspecify.annotations.NullMarked;
