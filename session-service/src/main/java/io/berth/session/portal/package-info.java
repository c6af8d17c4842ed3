/**
 * What people see: the portal's files, the headers they carry, and the pages about a desktop that
 * has no route.
 *
 * <p>May depend on nothing of this service; {@code desktop} may use {@link DesktopPages} and {@link
 * VisitCookies}.
 */
@NullMarked
package io.berth.session.portal;

import org.jspecify.annotations.NullMarked;
