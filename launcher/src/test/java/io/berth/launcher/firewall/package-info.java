@NullMarked
package io.berth.launcher.firewall;

import org.jspecify.annotations.NullMarked;
