/** What the parts wrote, read by desktop. Depends on nothing else here. */
@NullMarked
package io.berth.launcher.log;

import org.jspecify.annotations.NullMarked;
