/**
 * What a person types: one class per command of {@code ./berth}.
 *
 * <p>Nothing depends on it but {@code Main}.
 */
@NullMarked
package io.berth.launcher.command;

import org.jspecify.annotations.NullMarked;
