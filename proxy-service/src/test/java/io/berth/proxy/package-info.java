/** Rules about all packages of the edge. */
@NullMarked
package io.berth.proxy;

import org.jspecify.annotations.NullMarked;
