/** Tests of traces. */
@NullMarked
package io.berth.session.trace;

import org.jspecify.annotations.NullMarked;
