/** Where settings come from, which there are, and how they are read. Arrow: may import {@code contract}; every feature may import it. */
@NullMarked
package org.mailroom.config;

import org.jspecify.annotations.NullMarked;
