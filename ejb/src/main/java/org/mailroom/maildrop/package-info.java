/**
 * POP3's side of an INBOX: the exclusive lock, what is left on the server for how long, what was fetched. Arrow: may import
 * {@code mailbox}, {@code config} and {@code contract}.
 */
@NullMarked
package org.mailroom.maildrop;

import org.jspecify.annotations.NullMarked;
