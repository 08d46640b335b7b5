/**
 * FETCH: which columns it needs, where sections lie in a message, and how rows become responses that a slow client reads at
 * leisure. Arrow: may import {@code contract}, {@code net}, {@code imap.parse} and {@code imap.session}.
 */
@NullMarked
package org.mailroom.connector.imap.fetch;

import org.jspecify.annotations.NullMarked;
