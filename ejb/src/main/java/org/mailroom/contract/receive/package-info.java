/** Mail coming in: the wire asks, the house decides, and keeps what it accepted. Arrow: may import {@code contract}, and nobody else. */
@NullMarked
package org.mailroom.contract.receive;

import org.jspecify.annotations.NullMarked;
