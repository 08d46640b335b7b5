package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.pop3.POP3Response;

/** What we can do (RFC 2449 §5), the same before and after login but for what a state forbids. */
final class CapaCommand implements Pop3Command {
    @Override
    public String name() {
        return "CAPA";
    }

    @Override
    public Response answer(Pop3Session session, String argument) {
        var capabilities = new POP3Response(POP3Response.OK_RESPONSE, "Capability list follows");
        capabilities.appendLine("TOP");
        capabilities.appendLine("UIDL");
        capabilities.appendLine("RESP-CODES");
        // RFC 3206 §6.
        capabilities.appendLine("AUTH-RESP-CODE");
        capabilities.appendLine("PIPELINING");
        capabilities.appendLine("EXPIRE NEVER");
        if (session.connection().passwordAllowed()) {
            capabilities.appendLine("USER");
            capabilities.appendLine("SASL PLAIN");
        }
        // RFC 2595 §4: only where it is permitted at this moment.
        if (session.maildrop() == null && session.connection().canStartTls()) {
            capabilities.appendLine("STLS");
        }
        capabilities.appendLine("IMPLEMENTATION Mailroom");
        capabilities.appendLine(".");
        return capabilities;
    }
}
