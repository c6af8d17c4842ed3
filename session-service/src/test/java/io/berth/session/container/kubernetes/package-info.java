/** Tests of desktops on a real cluster. */
@NullMarked
package io.berth.session.container.kubernetes;

import org.jspecify.annotations.NullMarked;
