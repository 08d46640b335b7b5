package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.pop3.POP3Response;
import org.apache.james.protocols.pop3.POP3StartTlsResponse;

/** RFC 2595 §4. The connection sees to it that nothing sent in the clear is taken for encrypted. */
final class StlsCommand implements LoginCommand {
    @Override
    public String name() {
        return "STLS";
    }

    @Override
    public Response beforeLogin(Pop3Session session, String argument) {
        if (!argument.isEmpty()) {
            return Pop3Replies.error("Usage: STLS");
        }
        if (session.connection().tls() != null) {
            return Pop3Replies.error("TLS is active already");
        }
        if (!session.connection().canStartTls()) {
            return Pop3Replies.error("No certificate, so no TLS");
        }
        // A name that was given in the clear is forgotten.
        session.user(null);
        return new POP3StartTlsResponse(POP3Response.OK_RESPONSE, "Begin TLS");
    }
}
