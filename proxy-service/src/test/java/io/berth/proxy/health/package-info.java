/** What health says of each state. */
@NullMarked
package io.berth.proxy.health;

import org.jspecify.annotations.NullMarked;
