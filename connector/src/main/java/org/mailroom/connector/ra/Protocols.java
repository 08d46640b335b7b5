package org.mailroom.connector.ra;

import java.util.Map;
import org.mailroom.connector.imap.ImapServer;
import org.mailroom.connector.net.ProtocolServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.pop3.Pop3Server;
import org.mailroom.connector.smtp.SmtpServer;
import org.mailroom.contract.Protocol;

/** Which server speaks which protocol. */
final class Protocols {
    private Protocols() {}

    static Map<Protocol, ProtocolServer> of(Services services) {
        var smtp = new SmtpServer(services);
        return Map.of(
                Protocol.SMTP,
                smtp,
                Protocol.SUBMISSION,
                smtp,
                Protocol.LMTP,
                smtp,
                Protocol.POP3,
                new Pop3Server(services),
                Protocol.IMAP,
                new ImapServer(services));
    }
}
