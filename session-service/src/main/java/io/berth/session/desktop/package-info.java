/**
 * What is at a desktop's address while no route leads to it: a page that starts it, or a problem.
 *
 * <p>May depend on {@code lifecycle}, {@code catalogue}, {@code portal}, {@code problem}; nothing
 * depends on it.
 */
@NullMarked
package io.berth.session.desktop;

import org.jspecify.annotations.NullMarked;
