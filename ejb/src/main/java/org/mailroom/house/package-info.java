/**
 * The house's side of the wire: what it opens, whether it runs, who is connected. Arrow: may import {@code schema},
 * {@code config} and {@code contract}.
 */
@NullMarked
package org.mailroom.house;

import org.jspecify.annotations.NullMarked;
