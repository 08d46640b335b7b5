/** How IMAP and POP3 come in: the endpoint of the wire, reading, searching. Arrow: may import {@code contract}, {@code search}, {@code mailbox}, {@code message} and {@code directory}. */
@NullMarked
package org.mailroom.access;

import org.jspecify.annotations.NullMarked;
