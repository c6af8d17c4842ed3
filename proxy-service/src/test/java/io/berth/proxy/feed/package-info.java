/** The feed on its own. */
@NullMarked
package io.berth.proxy.feed;

import org.jspecify.annotations.NullMarked;
