/** How wire and house find each other at start-up, and what each may ask of the other while both run. Arrow: may import {@code contract}, and nobody else. */
@NullMarked
package org.mailroom.contract.wire;

import org.jspecify.annotations.NullMarked;
