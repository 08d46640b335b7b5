/** An account's INBOX as POP3 holds it. Arrow: may import {@code contract} and {@code contract.store}, and nobody else. */
@NullMarked
package org.mailroom.contract.maildrop;

import org.jspecify.annotations.NullMarked;
