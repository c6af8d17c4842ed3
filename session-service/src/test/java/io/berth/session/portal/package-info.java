/** Tests of what people see. */
@NullMarked
package io.berth.session.portal;

import org.jspecify.annotations.NullMarked;
