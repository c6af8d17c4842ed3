/**
 * The desktop types that people can launch, as catalogue.yaml and the operator's own file say.
 *
 * <p>Any feature may depend on it; it depends on no feature.
 */
@NullMarked
package io.berth.session.catalogue;

import org.jspecify.annotations.NullMarked;
