@NullMarked
package io.berth.proxy.http;

import org.jspecify.annotations.NullMarked;
