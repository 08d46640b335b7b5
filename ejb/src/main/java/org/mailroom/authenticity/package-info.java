/**
 * Whether mail comes from whom it says it does, and the signatures by which others see that of ours: SPF, DKIM, DMARC, ARC, SRS.
 * Arrow: may import {@code content}, {@code message}, {@code directory}, {@code dns}, {@code trace}, {@code contract} and
 * {@code config}.
 */
@NullMarked
package org.mailroom.authenticity;

import org.jspecify.annotations.NullMarked;
