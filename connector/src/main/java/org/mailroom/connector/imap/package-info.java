/**
 * IMAP4rev1 (RFC 3501) by a grammar of our own: the table of commands, and the conversation that goes by it. Arrow: may import
 * {@code contract}, {@code net} and its own packages; those never import this one.
 */
@NullMarked
package org.mailroom.connector.imap;

import org.jspecify.annotations.NullMarked;
