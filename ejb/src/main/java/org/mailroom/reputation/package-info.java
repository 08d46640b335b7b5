/**
 * What is thought of strangers by where they come from: block and allow lists in DNS, their greeting, their name, and whether
 * they come again. Arrow: may import {@code policy}, {@code dns}, {@code contract} and {@code config}.
 */
@NullMarked
package org.mailroom.reputation;

import org.jspecify.annotations.NullMarked;
