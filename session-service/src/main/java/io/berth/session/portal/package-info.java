/**
 * What people see: the portal's files, the headers they carry, and the pages about a desktop that
 * has no route.
 *
 * <p>May depend on nothing of this service; {@code api} may use {@link DesktopPages}.
 */
@NullMarked
package io.berth.session.portal;

import org.jspecify.annotations.NullMarked;
