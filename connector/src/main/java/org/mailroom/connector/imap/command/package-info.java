/** What each IMAP command does, one class a command. Arrow: may import {@code contract}, {@code net} and the other packages of {@code imap} but the one above. */
@NullMarked
package org.mailroom.connector.imap.command;

import org.jspecify.annotations.NullMarked;
