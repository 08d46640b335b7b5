package org.mailroom.connector.smtp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.receive.Verdict;

/** MAIL (RFC 5321 §4.1.1.2), with the extensions of {@link MailParameters}. */
final class MailCommand implements SmtpCommand, EhloExtension {
    private final Services services;
    private final MailParameters parameters;

    MailCommand(Services services) {
        this.services = services;
        this.parameters = new MailParameters(services.settings());
    }

    @Override
    public String name() {
        return "MAIL";
    }

    @Override
    public String usage() {
        return "MAIL FROM:<you@example.org> [SIZE=octets] [BODY=8BITMIME] [SMTPUTF8] [RET=HDRS] [ENVID=id] ...";
    }

    @Override
    public Response run(SmtpSession session, String argument) {
        if (!session.isGreeted()) {
            return SmtpReplies.reply(503, "5.5.1 Say " + session.greetingWord() + " first");
        }
        if (session.transaction() != null) {
            return SmtpReplies.reply(503, "5.5.1 There is a sender already; RSET begins anew");
        }
        if (session.isSubmission() && session.login() == null) {
            boolean plain = session.connection().passwordAllowed();
            var first = plain ? "Log in first, with AUTH" : "Begin TLS first, with STARTTLS; then log in, with AUTH";
            return session.refused("mail", SmtpReplies.reply(530, "5.7.0 " + first));
        }
        if (session.messages() >= services.settings().smtp().messages()) {
            return session.refused("mail", SmtpReplies.tooManyMessages());
        }
        try {
            var path = PathArgument.parse(argument, "FROM", false);
            parameters.check(path, session);
            var wrong = judge(path.parameters());
            return wrong != null ? session.refused("mail", wrong) : ask(session, path);
        } catch (PathSyntaxException problem) {
            return session.refused("mail", SmtpReplies.syntax(problem, "5.1.7"));
        }
    }

    private @Nullable Response judge(Map<String, String> given) {
        long most = services.settings().limits().messageSize();
        var size = given.get("SIZE");
        // Nineteen digits and more may be beyond a long.
        boolean tooLarge = size != null && (size.length() > 18 || Long.parseLong(size) > most);
        return tooLarge ? tooLarge(most) : null;
    }

    /** RFC 1870 §6.1 */
    static Response tooLarge(long most) {
        return SmtpReplies.reply(552, "5.3.4 Message too large; " + most + " octets is the most");
    }

    private Response ask(SmtpSession session, PathArgument path) {
        var given = new LinkedHashMap<>(path.parameters());
        boolean lowered = MailParameters.lowerPriority(session, given);
        var transaction = new MailTransaction(path.address(), given);
        var verdict = services.receiver().sender(session.client(), transaction.envelope());
        if (verdict instanceof Verdict.Accept) {
            session.begin(transaction);
        }
        return session.told(
                List.of(),
                verdict,
                lowered ? "2.3.6 0 is the priority of this message; strangers get no other" : "2.1.0 Sender ok");
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return parameters.features((SmtpSession) session);
    }
}
