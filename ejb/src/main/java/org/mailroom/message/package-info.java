/** Immutable octets, kept once, and what is found in them on arrival: ENVELOPE, BODYSTRUCTURE and where each part lies. Arrow: may import {@code contract}, and nobody else. */
@NullMarked
package org.mailroom.message;

import org.jspecify.annotations.NullMarked;
