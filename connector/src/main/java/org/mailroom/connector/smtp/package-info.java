/**
 * SMTP and submission: what a client says, in order, and what we answer. Arrow: may import {@code james}, {@code net} and
 * {@code contract}.
 *
 * <p>One command, one file; {@link SmtpCommands} is the table of them, {@link SmtpReplies} knows how every verdict and every
 * problem is told. {@link SmtpSession} holds the conversation, {@link MailTransaction} the message under way.
 *
 * <p>The frame is that of Apache James Protocols: its chain of handlers with a dispatcher, its commands and EHLO extensions as
 * handlers, its stack of line handlers for what follows AUTH, its responses. Where its parts were weaker than RFC 5321 asks
 * for, these are ours: DATA (there a bare LF can end a message, and a message lies in memory), MAIL and RCPT (parameters that
 * nobody knows are taken, sizes are ints), AUTH (a malformed PLAIN leaves the session stuck), EHLO (any argument is taken),
 * STARTTLS, HELP, VRFY (refused there). Its hooks are not used: each carries an address class of its own, declines by
 * default, and would decide in the wire what the house decides behind {@code MailReceiver}.
 */
@NullMarked
package org.mailroom.connector.smtp;

import org.jspecify.annotations.NullMarked;
