/**
 * Rules that administrators write, as a link of the chain of policies. Arrow: may import {@code policy}, {@code message},
 * {@code contract} and {@code config}.
 */
@NullMarked
package org.mailroom.rules;

import org.jspecify.annotations.NullMarked;
