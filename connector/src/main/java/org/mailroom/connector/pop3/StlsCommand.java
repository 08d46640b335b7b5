package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;

/** RFC 2595 §4. The connection sees to it that nothing sent in the clear is taken for encrypted. */
final class StlsCommand implements LoginCommand {
    @Override
    public String name() {
        return "STLS";
    }

    @Override
    public Response beforeLogin(Pop3Session session, String argument) {
        if (!argument.isEmpty()) {
            return Pop3Replies.error(Text.USAGE, "STLS");
        }
        // RFC 6856 §2.1.
        if (session.isUtf8()) {
            return Pop3Replies.error(Text.NO_STLS_AFTER_UTF8);
        }
        if (session.connection().tls() != null) {
            return Pop3Replies.error(Text.TLS_ACTIVE);
        }
        if (!session.connection().canStartTls()) {
            return Pop3Replies.error(Text.NO_TLS);
        }
        // A name that was given in the clear is forgotten.
        session.user(null);
        return Pop3Replies.ok(Text.TLS_BEGINS).then(Reply.After.TLS);
    }
}
