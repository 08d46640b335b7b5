/** Mailboxes and their messages, as IMAP and POP3 see them. Arrow: may import {@code contract}, and nobody else. */
@NullMarked
package org.mailroom.contract.store;

import org.jspecify.annotations.NullMarked;
