/**
 * Proofs of identity: passwords and what is kept of them, and how guessing is slowed. Arrow: may import {@code directory},
 * {@code config} and {@code contract}.
 */
@NullMarked
package org.mailroom.login;

import org.jspecify.annotations.NullMarked;
