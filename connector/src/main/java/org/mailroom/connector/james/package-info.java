/**
 * Where James Protocols meets our transport: its sessions and command handlers serve SMTP and POP3, its Netty server does
 * not. Arrow: may import {@code net}; {@code smtp} and {@code pop3} import it.
 */
@NullMarked
package org.mailroom.connector.james;

import org.jspecify.annotations.NullMarked;
