/**
 * Words in messages, and an index that says where they cannot be. Arrow: may import {@code message}, {@code contract} and
 * {@code config}.
 */
@NullMarked
package org.mailroom.search;

import org.jspecify.annotations.NullMarked;
