@NullMarked
package io.berth.launcher.installation;

import org.jspecify.annotations.NullMarked;
