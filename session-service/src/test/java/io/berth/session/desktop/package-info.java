/** Tests of desktops' addresses while no route leads there. */
@NullMarked
package io.berth.session.desktop;

import org.jspecify.annotations.NullMarked;
