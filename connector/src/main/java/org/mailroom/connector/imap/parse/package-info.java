/** What an IMAP client says, from octets to records. Arrow: may import {@code contract} and {@code net}. */
@NullMarked
package org.mailroom.connector.imap.parse;

import org.jspecify.annotations.NullMarked;
