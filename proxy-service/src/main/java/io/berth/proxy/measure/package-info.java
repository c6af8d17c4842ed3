/** What the edge counts, as Micrometer meters. Depends on no other package of the edge. */
@NullMarked
package io.berth.proxy.measure;

import org.jspecify.annotations.NullMarked;
