/** Mailboxes and what lies in them: delivery, flags, copies, removal, and the view that sessions share. Arrow: may import {@code contract}, {@code message} and {@code trace}, and nobody else. */
@NullMarked
package org.mailroom.mailbox;

import org.jspecify.annotations.NullMarked;
