package org.mailroom.connector.smtp;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** EHLO (RFC 5321 §4.1.1.1): says what this session offers; each command adds the extension that it serves. */
final class EhloCommand implements SmtpCommand, EhloExtension, ExtensibleHandler {
    private List<EhloExtension> extensions = List.of();

    @Override
    public String name() {
        return "EHLO";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!HostName.isValid(argument)) {
            return SmtpReplies.reply(501, "5.5.4 Usage: EHLO host.example");
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
        return List.of("PIPELINING", "ENHANCEDSTATUSCODES");
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
