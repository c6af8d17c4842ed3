/** The program in the desktops' image; it knows nothing of what kills it. */
@NullMarked
package io.berth.chaos.desktop;

import org.jspecify.annotations.NullMarked;
