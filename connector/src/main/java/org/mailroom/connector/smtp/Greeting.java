package org.mailroom.connector.smtp;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.mailroom.contract.Protocol;

/**
 * EHLO (RFC 5321 §4.1.1.1), and by LMTP LHLO (RFC 2033 §4.1): says what this session offers; each command adds the
 * extension that it serves.
 */
final class Greeting implements SmtpCommand, EhloExtension, ExtensibleHandler {
    private final String name;
    private List<EhloExtension> extensions = List.of();

    private Greeting(String name) {
        this.name = name;
    }

    static Greeting ehlo() {
        return new Greeting("EHLO");
    }

    static Greeting lhlo() {
        return new Greeting("LHLO");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String usage() {
        return name + " your.host";
    }

    @Override
    public boolean isSpokenIn(Protocol role) {
        return (role == Protocol.LMTP) == name.equals("LHLO");
    }

    @Override
    public boolean bringsMail() {
        return false;
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!HostName.isValid(argument)) {
            return SmtpReplies.reply(501, "5.5.4 Usage: " + name + " host.example");
        }
        session.greeted(argument, true);
        var unwelcome = session.unwelcome();
        if (unwelcome != null) {
            return unwelcome;
        }
        var lines = new ArrayList<String>();
        lines.add(session.getConfiguration().getHelloName());
        extensions.forEach(extension -> lines.addAll(extension.getImplementedEsmtpFeatures(session)));
        return SmtpReplies.lines(250, lines);
    }

    /** RFC 2920, RFC 2034 */
    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return isSpokenIn(((SmtpSession) session).role()) ? List.of("PIPELINING", "ENHANCEDSTATUSCODES") : List.of();
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(EhloExtension.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void wireExtensions(Class<?> kind, List<?> found) {
        extensions = List.copyOf((List<EhloExtension>) found);
    }
}
