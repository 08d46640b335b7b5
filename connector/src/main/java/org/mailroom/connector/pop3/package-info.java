/**
 * POP3 (RFC 1939, 2449, 2595, 3206, 5034): one file a command, on James's session and dispatcher. Arrow: may import
 * {@code james}, {@code net} and {@code contract}; nobody but the resource adapter imports it.
 */
@NullMarked
package org.mailroom.connector.pop3;

import org.jspecify.annotations.NullMarked;
