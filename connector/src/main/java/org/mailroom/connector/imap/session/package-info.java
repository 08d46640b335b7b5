/**
 * What an IMAP session knows, and how it is told: state, the selected mailbox, untagged responses, reply codes. Arrow: may
 * import {@code contract}, {@code net} and {@code imap.parse}.
 */
@NullMarked
package org.mailroom.connector.imap.session;

import org.jspecify.annotations.NullMarked;
