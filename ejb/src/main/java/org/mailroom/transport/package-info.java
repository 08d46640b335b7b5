/** How mail between hosts is protected: DANE, MTA-STS, and the reports on both. Arrow: may import {@code dns}, {@code trace}, {@code contract}, {@code config}. */
@NullMarked
package org.mailroom.transport;

import org.jspecify.annotations.NullMarked;
