/** People at work, blows that strike meanwhile, and how long it takes until all is well again. */
@NullMarked
package io.berth.chaos.storm;

import org.jspecify.annotations.NullMarked;
