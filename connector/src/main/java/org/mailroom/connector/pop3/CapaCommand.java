package org.mailroom.connector.pop3;

import java.util.ArrayList;
import org.apache.james.protocols.api.Response;
import org.mailroom.contract.maildrop.Maildrops.Terms;

/** What we can do (RFC 2449 §5), the same before and after login but for what a state forbids. */
final class CapaCommand implements Pop3Command {
    @Override
    public String name() {
        return "CAPA";
    }

    @Override
    public Response answer(Pop3Session session, String argument) {
        var maildrop = session.maildrop();
        var terms = maildrop == null ? session.services().maildrops().terms() : maildrop.terms();
        var list = new ArrayList<String>();
        list.add("TOP");
        list.add("UIDL");
        list.add("RESP-CODES");
        // RFC 3206 §6.
        list.add("AUTH-RESP-CODE");
        list.add("PIPELINING");
        list.add(expire(terms));
        list.add("LOGIN-DELAY " + terms.loginDelay().toSeconds());
        if (session.connection().passwordAllowed()) {
            list.add("USER");
        }
        var mechanisms = AuthCommand.mechanisms(session);
        if (!mechanisms.isEmpty()) {
            list.add("SASL " + String.join(" ", mechanisms));
        }
        // RFC 2595 §4: only where it is permitted at this moment.
        if (maildrop == null && session.connection().canStartTls()) {
            list.add("STLS");
        }
        // RFC 6856 §2.2: names and passwords may be UTF-8 too.
        list.add("UTF8 USER");
        list.add("LANG");
        list.add("IMPLEMENTATION Mailroom");
        return Pop3Replies.lines(Text.CAPABILITIES.of(), list);
    }

    /** RFC 2449 §6.7. */
    private static String expire(Terms terms) {
        var days = terms.expire() == null ? "NEVER" : terms.expire().toString();
        return "EXPIRE " + days + (terms.differs() ? " USER" : "");
    }
}
