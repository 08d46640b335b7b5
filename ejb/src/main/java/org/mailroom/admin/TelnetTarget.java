package org.mailroom.admin;

/**
 * Where an administrator may lead a conversation.
 *
 * @param id names it towards {@link TelnetAdmin#open}
 * @param protocol SMTP, SUBMISSION, LMTP, POP3 or IMAP
 * @param tls whether TLS comes first
 */
public record TelnetTarget(String id, String host, String address, int port, String protocol, boolean tls) {}
