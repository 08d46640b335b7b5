/** Conversations that an administrator leads by hand with a mail server, as with telnet. Arrow: may import {@code contract}. */
@NullMarked
package org.mailroom.dialogue;

import org.jspecify.annotations.NullMarked;
