package org.mailroom.contract;

/**
 * Who asks: the account that logged in, and the session in which it did, so that rights are judged and the trace names the
 * one who moved or removed a message.
 *
 * @param session the wire's id of the session, as it stands in the log
 */
public record Actor(AccountId account, Protocol protocol, String session) {}
