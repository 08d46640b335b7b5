package org.mailroom.connector.net;

import org.mailroom.contract.login.Logins;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.wire.WireSettings;

/**
 * What a protocol needs of the house. The resource adapter hands in proxies that take a permit and an endpoint for each
 * call; tests hand in the contract in memory.
 */
public record Services(
        MailReceiver receiver, Logins logins, MailStore store, Maildrops maildrops, WireSettings settings) {}
