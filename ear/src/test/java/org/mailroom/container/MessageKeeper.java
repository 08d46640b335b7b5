package org.mailroom.container;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.mailroom.contract.MessageSource;
import org.mailroom.message.MessageParser;
import org.mailroom.message.Messages;

/** Keeps a message in its caller's transaction: what has no transaction of its own is injected, and a test in a WAR cannot be. */
@Stateless
public class MessageKeeper {
    @Inject
    private Messages messages;

    /** @param text header and body */
    public void keep(String text) {
        var source = MessageSource.of(text.getBytes(StandardCharsets.US_ASCII));
        messages.keep(null, MessageParser.parse(source), source);
    }
}
