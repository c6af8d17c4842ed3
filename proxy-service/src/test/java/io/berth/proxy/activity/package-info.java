/** Tests of what is seen of people at their desktops. */
@NullMarked
package io.berth.proxy.activity;

import org.jspecify.annotations.NullMarked;
