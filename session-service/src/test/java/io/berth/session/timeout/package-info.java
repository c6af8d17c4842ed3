/** Sessions that end by themselves. */
@NullMarked
package io.berth.session.timeout;

import org.jspecify.annotations.NullMarked;
