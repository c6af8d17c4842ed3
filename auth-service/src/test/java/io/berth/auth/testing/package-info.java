/** What the tests stand on: real servers, a browser that keeps cookies, a line that can be cut. */
@NullMarked
package io.berth.auth.testing;

import org.jspecify.annotations.NullMarked;
