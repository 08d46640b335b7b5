/**
 * POP3 (RFC 1939, 2449, 2595, 3206, 5034, 6856): one file a command. Arrow: may import {@code james}, {@code net} and
 * {@code contract}; nobody but the resource adapter imports it.
 *
 * <p>The frame is that of Apache James Protocols: its session, its dispatcher with commands as handlers, its line handlers
 * and responses. The commands are ours: there PASS is trimmed, a message number of 0 or below is a fault, a listing is made
 * whole in memory and looks through all deletions for each message, RETR goes octet by octet and lets a bare LF pass, and
 * there is neither a lock, nor SASL, nor a response code.
 */
@NullMarked
package org.mailroom.connector.pop3;

import org.jspecify.annotations.NullMarked;
