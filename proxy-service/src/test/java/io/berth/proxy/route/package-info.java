/** Tests of where desktops are and may be. */
@NullMarked
package io.berth.proxy.route;

import org.jspecify.annotations.NullMarked;
